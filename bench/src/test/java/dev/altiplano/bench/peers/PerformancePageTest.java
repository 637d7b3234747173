package dev.altiplano.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.AltiplanoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PerformancePageTest {
    private static final String EMPTY = "# Page\n\n" + PerformancePage.END + "\n\n## Attempts\n";

    @TempDir private Path folder;
    private Path file = Path.of("");

    @BeforeEach
    void place() {
        file = folder.resolve("performance.md");
    }

    @Test
    void addsTheSectionOfANewProcessorAfterTheOthers() throws IOException {
        Files.writeString(file, EMPTY);

        new PerformancePage(file).put("zen", "Zen\n");
        new PerformancePage(file).put("xeon", "Xeon\n");

        assertThat(Files.readString(file))
                .isEqualTo(
                        """
                        # Page

                        <!-- begin: zen -->
                        Zen
                        <!-- end: zen -->

                        <!-- begin: xeon -->
                        Xeon
                        <!-- end: xeon -->

                        <!-- end of measurements -->

                        ## Attempts
                        """);
    }

    @Test
    void replacesTheSectionOfAProcessorAndNothingElse() throws IOException {
        Files.writeString(file, EMPTY);
        PerformancePage page = new PerformancePage(file);
        page.put("zen", "old\n");
        page.put("xeon", "Xeon\n");
        String before = Files.readString(file);

        page.put("zen", "new\n");

        assertThat(Files.readString(file)).isEqualTo(before.replace("old", "new"));
    }

    @Test
    void refusesAPageWithoutAPlaceForIt() throws IOException {
        Files.writeString(file, "# Another page\n");

        assertThatThrownBy(() -> new PerformancePage(file).put("zen", "Zen\n"))
                .isInstanceOf(AltiplanoException.class)
                .hasMessageContaining(PerformancePage.END);
        assertThat(Files.readString(file)).isEqualTo("# Another page\n");
    }
}
