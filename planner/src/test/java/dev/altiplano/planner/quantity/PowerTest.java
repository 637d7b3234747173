package dev.altiplano.planner.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PowerTest {
    @TempDir Path folder;

    @Test
    void aHundredThousandRatedH100DrawWhatTheArticleSays() {
        AcceleratorPower gpus = new AcceleratorPower(700).times(100_000);

        ItPower it = gpus.withHosts(575 * 100_000.0).withNetworkAndStorage(0.10);

        assertThat(it.megawatts()).isCloseTo(140.25, within(1e-9));
        assertThat(it.atPue(1.08).megawatts()).isCloseTo(151.47, within(1e-9));
    }

    @ParameterizedTest(name = "{0} does not compile")
    @ValueSource(
            strings = {
                "new AcceleratorPower(1).plus(new NodePower(1))",
                "new ItPower(1).minus(new FacilityPower(1))",
                "new NodePower(1).compareTo(new ItPower(1))",
            })
    void mixingBoundariesDoesNotCompile(String expression) {
        assertThat(compilerErrors(expression)).isNotEmpty();
    }

    @Test
    void stayingAtOneBoundaryCompiles() {
        assertThat(compilerErrors("new ItPower(1).plus(new ItPower(1))")).isEmpty();
    }

    private List<String> compilerErrors(String expression) {
        String source =
                "import dev.altiplano.planner.quantity.*; class Mixed { Object o = %s; }"
                        .formatted(expression);
        JavaFileObject file =
                new SimpleJavaFileObject(
                        URI.create("string:///Mixed.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options =
                List.of(
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString());
        ToolProvider.getSystemJavaCompiler()
                .getTask(Writer.nullWriter(), null, found, options, null, List.of(file))
                .call();
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                .toList();
    }
}
