package dev.altiplano.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.AltiplanoException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

final class SettingsTest {
    @TempDir private Path folder;

    @Test
    void takesTheFlagOverEverything() throws Exception {
        Settings settings = new Settings(Map.of("ALTIPLANO_PORT", "2"), file("port: 3"));

        assertThat(port(settings, "--port", "1")).isEqualTo(1);
    }

    @Test
    void takesTheEnvironmentOverTheFile() throws Exception {
        Settings settings = new Settings(Map.of("ALTIPLANO_PORT", "2"), file("port: 3"));

        assertThat(port(settings)).isEqualTo(2);
    }

    @Test
    void takesTheVerbsOwnSectionOverTheCommonOne() throws Exception {
        Settings settings = new Settings(Map.of(), file("port: 3\nserve:\n  port: 4"));

        assertThat(port(settings)).isEqualTo(4);
    }

    @Test
    void fallsBackToTheDefault() {
        Settings settings = new Settings(Map.of(), MissingNode.getInstance());

        assertThat(port(settings)).isEqualTo(8080);
    }

    @Test
    void namesTheFileAndTheLineThatIsNoYaml() {
        assertThatThrownBy(() -> file("a: 1\nb: [1, 2"))
                .isInstanceOf(AltiplanoException.class)
                .hasMessageContainingAll("altiplano.yaml", "line");
    }

    private static int port(Settings settings, String... arguments) {
        Serve serve = new Serve();
        new CommandLine(serve).setDefaultValueProvider(settings).parseArgs(arguments);
        return serve.port;
    }

    private JsonNode file(String text) throws Exception {
        Path path = folder.resolve("altiplano.yaml");
        Files.writeString(path, text);
        return Settings.read(path);
    }

    @Command(name = "serve")
    private static final class Serve {
        @Option(names = "--port", defaultValue = "8080")
        private int port;
    }
}
