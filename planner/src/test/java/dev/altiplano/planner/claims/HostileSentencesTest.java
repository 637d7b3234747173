package dev.altiplano.planner.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileSentencesTest {
    private static final ClaimChecker CHECKER = ClaimChecker.standard();

    private static final String[] PIECES = {
        "100000",
        "h100",
        "=",
        "150",
        "MW",
        "x",
        "/",
        "(",
        ")",
        "-",
        "+",
        ",",
        ".",
        "%",
        "$",
        "1e9",
        "1.000",
        "1,5",
        "mil",
        "millones",
        "de",
        "a",
        "per",
        "thousand",
        "facility",
        "IT",
        "PUE",
        "MFU",
        "tp",
        "dp8",
        "and",
        "at",
        "for",
        "days",
        "GPU-hours",
        "tokens",
        "parameters",
        "vs",
        "from",
        "to",
        "grew",
        "fell",
        "fail",
        "fit",
        "effective",
        "Llama 3.1 405B",
        "El Capitan",
        "Meta",
        "costs",
        "²",
        "10^25",
        "kg/kWh",
        "t",
        "USD",
        "0",
        "-0",
        "1e-300",
        "1e300",
        "é",
        "\0",
        "\uD800",
        "🙂",
        "'",
        "\"",
        "~",
        "not",
        "per 1000 node-days",
        "add up to",
        "x10^999",
        "1e99999"
    };

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noMixtureOfWordsBreaksTheChecker(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder sentence = new StringBuilder();
            for (int i = random.nextInt(14); i >= 0; i--) {
                sentence.append(PIECES[random.nextInt(PIECES.length)]);
                sentence.append(random.nextInt(4) == 0 ? "" : " ");
            }

            ClaimResult result = CHECKER.check(sentence.toString());

            assertThat(result.verdict() == Verdict.NOT_CHECKABLE)
                    .as(sentence.toString())
                    .isEqualTo(result.notUnderstood().isPresent());
        }
    }

    @Test
    void aLongSentenceIsRefused() {
        assertThat(CHECKER.check("1 + ".repeat(100_000) + "1 = 1").verdict())
                .isEqualTo(Verdict.NOT_CHECKABLE);
    }

    @Test
    void deepBracketsAreRefused() {
        assertThat(CHECKER.check("(".repeat(500) + "1" + ")".repeat(500) + " = 1").verdict())
                .isEqualTo(Verdict.NOT_CHECKABLE);
    }

    @Test
    void anEmptySentenceIsNotCheckable() {
        assertThat(CHECKER.check("").verdict()).isEqualTo(Verdict.NOT_CHECKABLE);
    }

    @Test
    void anOverflowIsNotCheckable() {
        assertThat(CHECKER.check("1e300 MW x 1e300 h = 5 MWh").verdict())
                .isEqualTo(Verdict.NOT_CHECKABLE);
    }
}
