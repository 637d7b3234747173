package dev.altiplano.planner.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ErrorTableTest {
    private static final Path PAGE = Path.of("..", "docs", "planner-validation.md");

    /** Run the test with {@code -Dupdate-docs} to write the page anew. */
    @Test
    void theDocumentedTableIsTheOneThatIsComputed() throws IOException {
        String table = ErrorTable.markdown(Validation.run());
        if (System.getProperty("update-docs") != null) {
            Files.writeString(PAGE, table);
        }

        assertThat(PAGE).hasContent(table);
    }
}
