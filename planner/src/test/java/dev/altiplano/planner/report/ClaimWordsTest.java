package dev.altiplano.planner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.planner.claims.ClaimChecker;
import dev.altiplano.planner.claims.ClaimResult;
import dev.altiplano.planner.claims.ClaimsFile;
import dev.altiplano.planner.claims.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClaimWordsTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/altiplano/planner/claims");
    private static final Pattern CALL =
            Pattern.compile("Said\\.of\\(\\s*(\"(?:[^\"\\\\]|\\\\.)*\")?");
    private static final Pattern WORD = Pattern.compile("\\p{L}{2}");

    private static final List<ClaimResult> RESULTS =
            ClaimsFile.checkBuiltIn(ClaimChecker.standard());
    private static final Texts SPANISH = Texts.of(Language.ES);
    private static final ClaimWords WORDS = new ClaimWords(SPANISH);

    /** What the checker can say stands in its sources as literals, so none is forgotten. */
    @Test
    void everythingThatTheCheckerCanSayIsInTheMessages() throws IOException {
        List<String> templates = new ArrayList<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                Matcher call = CALL.matcher(Files.readString(file));
                while (call.find()) {
                    assertThat(call.group(1))
                            .as("%s: a literal in %s", file, call.group())
                            .isNotNull();
                    templates.add(call.group(1).substring(1, call.group(1).length() - 1));
                }
            }
        }

        assertThat(templates).hasSizeGreaterThan(100);
        assertThat(
                        templates.stream()
                                .filter(text -> WORD.matcher(text).find())
                                .map(ClaimWords::key))
                .isSubsetOf(SPANISH.messages().keySet());
    }

    @Test
    void everyNameAndSourceOfTheBuiltInClaimsIsInTheMessages() {
        Stream<Said> said =
                RESULTS.stream()
                        .flatMap(
                                result ->
                                        Stream.of(
                                                        result.readings().stream()
                                                                .map(reading -> reading.name()),
                                                        result.constants().stream())
                                                .flatMap(all -> all));

        assertThat(said.flatMap(ClaimWordsTest::words).map(ClaimWords::key))
                .isSubsetOf(SPANISH.messages().keySet());
        assertThat(RESULTS.stream().map(result -> ClaimWords.key(result.claim().source())))
                .isSubsetOf(SPANISH.messages().keySet());
    }

    @Test
    void everyPublishedFigureIsInTheMessages() throws IOException {
        String facts =
                Files.readString(
                        Path.of("src/main/resources/dev/altiplano/planner/claims/facts.yaml"));
        List<String> names =
                Pattern.compile("(?:name|source): (?:\"([^\"]+)\"|([^,}]+))")
                        .matcher(facts)
                        .results()
                        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                        .toList();

        assertThat(names).hasSizeGreaterThan(10);
        assertThat(names.stream().map(ClaimWords::key)).isSubsetOf(SPANISH.messages().keySet());
    }

    /** All words in {@code said}, with those of its parts. */
    private static Stream<String> words(Said said) {
        Stream<String> own =
                said.kind() == Said.Kind.WORDS && WORD.matcher(said.text()).find()
                        ? Stream.of(said.text())
                        : Stream.empty();
        return Stream.concat(own, said.parts().stream().flatMap(ClaimWordsTest::words));
    }

    @Test
    void everyClaimIsInTheMessages() {
        assertThat(RESULTS.stream().map(result -> "claim." + result.claim().id()))
                .isSubsetOf(SPANISH.messages().keySet());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "100.000 H100 consumen 150 MW | 100.000 GPU × 1.275 W × 1,1 (red y almacenamiento) × 1,08 (PUE)",
                "405B parameters x 15.6T tokens = 3.8e24 FLOP | 4,05 × 10¹¹ parámetros × 1,56 × 10¹³ tokens × 6",
                "7.0M H100 hours = 12.9 t | 7.000.000 GPU·h × 0,7 kW × 0,4138 kg/kWh (TDP, con el factor de la ficha de Llama 3.1)",
            })
    void arithmeticIsWrittenAsTheLanguageDoes(String sentence, String line) {
        assertThat(
                        ClaimChecker.standard().check(sentence).readings().stream()
                                .map(reading -> WORDS.say(reading.arithmetic().getFirst())))
                .anyMatch(said -> said.startsWith(line));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "100000 unicornios = 150 MW | No se entiende: unicornios.",
                "100.000 H100 no consumen 150 MW | No se entiende: «no» (una negación no se puede comprobar).",
                "5 MW = 7 tokens | No se entiende: cómo 5 MW (potencia) puede ser igual a 7 tokens (tokens).",
                "7 | No se entiende: qué se afirma: falta un «=» o una palabra como «consume» o «son».",
            })
    void whatIsNotUnderstoodIsSaidInTheReadersLanguage(String sentence, String said) {
        ClaimResult result = ClaimChecker.standard().check(sentence);

        assertThat(result.notes().stream().map(WORDS::say)).containsExactly(said);
    }

    @Test
    void aNameOfAReadersOwnFileStaysAsItIs() {
        assertThat(WORDS.phrase("my own reading")).isEqualTo("my own reading");
    }
}
