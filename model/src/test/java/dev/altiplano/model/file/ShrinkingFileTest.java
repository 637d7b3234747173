package dev.altiplano.model.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM of its own, because what is tested could take the JVM down. */
final class ShrinkingFileTest {
    @TempDir private Path folder;

    @Test
    void aFileThatShrinksWhileItIsMappedIsReportedAndDoesNotKillTheJvm()
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-modules",
                                "jdk.incubator.vector",
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ShrinkingFile.class.getName(),
                                folder.resolve("shrinking.gguf").toString())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output)
                .contains("cold metadata: reported", "cold tensor: reported")
                .contains("compiled metadata: reported", "compiled tensor: reported")
                .contains("compiled vector loads beside a scalar read: reported")
                .contains("writing it: reported");
    }
}
