package dev.altiplano.planner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class TextsTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

    @Test
    void bothLanguagesHaveTheSameMessagesWithTheSamePlaceholders() {
        assertThat(placeholders(Language.EN)).isEqualTo(placeholders(Language.ES));
    }

    @Test
    void numbersAreWrittenAsTheLanguageDoes() {
        assertThat(Texts.of(Language.EN).number(100_000.5, 1)).isEqualTo("100,000.5");
        assertThat(Texts.of(Language.ES).number(100_000.5, 1)).isEqualTo("100.000,5");
        assertThat(Texts.of(Language.EN).significant(151.47, 4)).isEqualTo("151.5");
        assertThat(Texts.of(Language.EN).significant(0, 4)).isEqualTo("0");
    }

    @Test
    void theBrowsersFirstKnownLanguageCounts() {
        assertThat(Language.accepted("fr-FR, es-MX;q=0.8, en;q=0.5")).isEqualTo(Language.ES);
        assertThat(Language.accepted("de")).isEqualTo(Language.EN);
        assertThat(Language.accepted("")).isEqualTo(Language.EN);
    }

    private static Map<String, Set<String>> placeholders(Language language) {
        Map<String, Set<String>> found = new TreeMap<>();
        Texts.of(language)
                .messages()
                .forEach(
                        (key, message) ->
                                found.put(
                                        key,
                                        PLACEHOLDER
                                                .matcher(message)
                                                .results()
                                                .map(match -> match.group())
                                                .collect(Collectors.toCollection(TreeSet::new))));
        return found;
    }
}
