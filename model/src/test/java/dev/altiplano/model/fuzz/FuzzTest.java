package dev.altiplano.model.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Runs {@link Fuzz} in a JVM with a small heap. More cases: {@code -Daltiplano.fuzz.cases=200000},
 * others: {@code -Daltiplano.fuzz.seed=7}.
 */
final class FuzzTest {
    private static final int CASES = Integer.getInteger("altiplano.fuzz.cases", 20_000);
    private static final long SEED = Long.getLong("altiplano.fuzz.seed", 1);

    @Test
    void everyDamagedFileIsRefusedInOurOwnWordsOrOpens() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-ea",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Fuzz.class.getName(),
                                Integer.toString(CASES),
                                Long.toString(SEED))
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains(CASES + " cases");
        System.out.print(output);
    }
}
