package dev.altiplano.cli;

import dev.altiplano.compute.AltiplanoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Where an option's value comes from when its flag is not given: the environment, then {@code
 * altiplano.yaml}, then the built-in default.
 *
 * <p>For {@code --max-tokens} of {@code chat}: {@code ALTIPLANO_CHAT_MAX_TOKENS}, then {@code
 * ALTIPLANO_MAX_TOKENS}; in the file {@code chat: max-tokens:}, then {@code max-tokens:} at the
 * top.
 */
final class Settings implements IDefaultValueProvider {
    private static final long FILE_BYTES_MAX = 1 << 20;

    private final Map<String, String> environment;
    private final JsonNode file;

    Settings(Map<String, String> environment, JsonNode file) {
        this.environment = environment;
        this.file = file;
    }

    /** The environment of this process, and {@code altiplano.yaml} of the folder or of the home. */
    static Settings ofThisProcess() {
        Map<String, String> environment = System.getenv();
        String named = environment.get("ALTIPLANO_CONFIG");
        Path here = Path.of("altiplano.yaml");
        Path path =
                named != null
                        ? Path.of(named)
                        : Files.exists(here) ? here : Home.folder().resolve("altiplano.yaml");
        boolean wanted = named != null || Files.exists(path);
        return new Settings(environment, wanted ? read(path) : MissingNode.getInstance());
    }

    static JsonNode read(Path path) {
        try {
            long sizeBytes = Files.size(path);
            if (sizeBytes > FILE_BYTES_MAX) {
                throw new AltiplanoException(
                        "%s: expected at most %d bytes of settings, found %d. Is it the right file?"
                                .formatted(path, FILE_BYTES_MAX, sizeBytes));
            }
            JsonNode tree = new YAMLMapper().readTree(Files.readString(path));
            if (!tree.isObject() && !tree.isEmpty()) {
                throw new AltiplanoException(
                        "%s: expected settings as 'name: value', found %s. See docs/settings.md."
                                .formatted(path, tree.getNodeType()));
            }
            return tree;
        } catch (JacksonException failure) {
            throw new AltiplanoException(
                    "%s, line %d: expected YAML, found %s. Mend the file or move it away."
                            .formatted(
                                    path,
                                    failure.getLocation() == null
                                            ? 1
                                            : failure.getLocation().getLineNr(),
                                    failure.getOriginalMessage()),
                    failure);
        } catch (IOException failure) {
            throw new AltiplanoException(
                    "%s: expected a readable settings file, found: %s. Check ALTIPLANO_CONFIG."
                            .formatted(path, failure),
                    failure);
        }
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || !option.longestName().startsWith("--")) {
            return null;
        }
        String name = option.longestName().substring(2);
        String verb = option.command().name();
        for (String variable : new String[] {verb + "-" + name, name}) {
            String key = "ALTIPLANO_" + variable.replace('-', '_').toUpperCase(Locale.ROOT);
            String value = environment.get(key);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        JsonNode inVerb = file.path(verb).path(name);
        JsonNode value = inVerb.isMissingNode() ? file.path(name) : inVerb;
        return value.isValueNode() && !value.isNull() ? value.asString() : null;
    }
}
