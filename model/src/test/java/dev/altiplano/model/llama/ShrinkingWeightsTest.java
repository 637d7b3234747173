package dev.altiplano.model.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM of its own, because what is tested could take the JVM down. */
final class ShrinkingWeightsTest {
    private static final List<String> FORMATS =
            List.of(
                    "F32", "F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q4_K", "Q5_K",
                    "Q6_K", "Q2_K");

    @TempDir private Path folder;

    @Test
    void weightsThatVanishUnderAKernelAreReportedAndDoNotKillTheJvm()
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-Xmx64m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(ShrinkingWeights.class.getName());
        command.add(folder.resolve("shrinking.gguf").toString());
        command.addAll(FORMATS);

        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        for (String format : FORMATS) {
            assertThat(output).contains(format + ": reported shrinking.gguf: expected the");
        }
    }
}
