package dev.altiplano.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The page's texts for people, English and Spanish: complete, and neither more nor less than used.
 */
final class MessageFilesTest {
    private static final Path WEB = Path.of("src/main/resources/web");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)\\}");
    private static final Pattern USE = Pattern.compile("\\b(t|plural)\\(\\s*(?:'([^']+)'|(\\S))");
    private static final List<String> PLURAL_FORMS = List.of("one", "other");

    @Test
    void everyLanguageHasTheSameKeys() throws Exception {
        assertThat(messages("es").keySet()).isEqualTo(messages("en").keySet());
    }

    @Test
    void everyLanguageHasTheSamePlaceholders() throws Exception {
        assertThat(placeholders("es")).isEqualTo(placeholders("en"));
    }

    @Test
    void noMessageIsEmpty() throws Exception {
        assertThat(messages("en").values()).noneMatch(String::isBlank);
        assertThat(messages("es").values()).noneMatch(String::isBlank);
    }

    @Test
    void theKeysAreThoseThatTheCodeUses() throws Exception {
        Set<String> used = new TreeSet<>();
        for (MatchResult use : uses()) {
            String key = use.group(2);
            if (use.group(1).equals("plural")) {
                PLURAL_FORMS.forEach(form -> used.add(key + "." + form));
            } else {
                used.add(key);
            }
        }

        assertThat(messages("en").keySet()).isEqualTo(used);
    }

    @Test
    void everyKeyStandsInTheCodeAsALiteral() throws Exception {
        assertThat(uses()).allSatisfy(use -> assertThat(use.group(2)).as(use.group()).isNotNull());
    }

    private static Map<String, String> messages(String language) throws IOException {
        JsonNode file = new JsonMapper().readTree(read(WEB.resolve("i18n/" + language + ".json")));
        Map<String, String> messages = new TreeMap<>();
        file.properties()
                .forEach(entry -> messages.put(entry.getKey(), entry.getValue().asString()));
        return messages;
    }

    private static Map<String, Set<String>> placeholders(String language) throws IOException {
        Map<String, Set<String>> placeholders = new TreeMap<>();
        messages(language)
                .forEach(
                        (key, message) ->
                                placeholders.put(
                                        key,
                                        PLACEHOLDER
                                                .matcher(message)
                                                .results()
                                                .map(result -> result.group(1))
                                                .collect(Collectors.toCollection(TreeSet::new))));
        return placeholders;
    }

    /** The calls of t and plural, save their definitions. */
    private static List<MatchResult> uses() throws IOException {
        try (Stream<Path> files = Files.walk(WEB)) {
            return files.filter(file -> file.toString().endsWith(".js"))
                    .filter(file -> !file.endsWith("i18n.js"))
                    .flatMap(file -> USE.matcher(read(file)).results())
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
