package dev.altiplano.planner.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.problem.PlannerException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damages a plan file in thousands of ways: it is read, or refused with reasons. */
final class PlanFuzzTest {
    private static final PlanReader READER = new PlanReader(Catalog.builtIn());
    private static final int MUTATIONS = 400;
    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ":",
                    ": ",
                    "- ",
                    "&a ",
                    "*a",
                    "<<",
                    "!!java.net.URL ",
                    "|",
                    ">",
                    "\"",
                    "'",
                    "#",
                    "\n",
                    "\t",
                    "\0",
                    "é",
                    "\uD83D\uDE00",
                    "1e400",
                    "-1",
                    ".nan",
                    ".inf",
                    "9".repeat(40),
                    "null",
                    "~",
                    "%",
                    "---\n",
                    "...",
                    "? ",
                    "0x7f",
                    "{a: {a: {");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void everyDamagedPlanIsReadOrRefusedWithReasons(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < MUTATIONS; i++) {
            StringBuilder text = new StringBuilder(PlanReaderTest.FULL);
            int damages = random.nextInt(1, 6);
            for (int j = 0; j < damages; j++) {
                damage(text, random);
            }
            try {
                assertThat(READER.read("plan.yaml", text.toString(), List.of())).isNotNull();
            } catch (PlannerException refusal) {
                assertThat(refusal.problems()).isNotEmpty();
                assertThat(refusal.getMessage()).hasSizeLessThan(20_000);
            }
        }
    }

    private static void damage(StringBuilder text, SplittableRandom random) {
        int at = random.nextInt(text.length());
        int length = Math.min(random.nextInt(1, 12), text.length() - at);
        switch (random.nextInt(4)) {
            case 0 -> text.delete(at, at + length);
            case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            case 2 -> text.insert(random.nextInt(text.length()), text.substring(at, at + length));
            default -> text.setCharAt(at, (char) random.nextInt(32, 127));
        }
    }
}
