package dev.altiplano.planner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.planner.claims.ClaimResult;
import dev.altiplano.planner.claims.Reading;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ClaimWordsTest {
    private static final List<ClaimResult> RESULTS = ClaimsPicture.builtIn();
    private static final Texts SPANISH = Texts.of(Language.ES);
    private static final ClaimWords WORDS = new ClaimWords(SPANISH);

    @Test
    void everyPhraseOfTheBuiltInClaimsIsInTheMessages() {
        Stream<String> phrases =
                RESULTS.stream()
                        .flatMap(
                                result ->
                                        Stream.of(
                                                        Stream.of(result.claim().source()),
                                                        result.readings().stream()
                                                                .map(Reading::name))
                                                .flatMap(all -> all));

        assertThat(phrases.map(ClaimWords::key)).isSubsetOf(SPANISH.messages().keySet());
    }

    @Test
    void noConstantStaysInEnglish() {
        assertThat(
                        RESULTS.stream()
                                .flatMap(result -> result.constants().stream())
                                .filter(constant -> WORDS.constant(constant).equals(constant)))
                .isEmpty();
        assertThat(WORDS.constant("PUE of Meta: 1.08 (stated, PRESS)"))
                .isEqualTo("PUE de Meta: 1,08 (declarada, PRESS)");
    }

    @Test
    void everyClaimIsInTheMessages() {
        assertThat(RESULTS.stream().map(result -> "claim." + result.claim().id()))
                .isSubsetOf(SPANISH.messages().keySet());
    }

    @Test
    void noNoteStaysInEnglish() {
        assertThat(
                        RESULTS.stream()
                                .flatMap(result -> result.notes().stream())
                                .filter(
                                        note ->
                                                WORDS.note(note)
                                                        .equals(java.util.Optional.of(note))))
                .isEmpty();
    }

    @Test
    void formulasAreWrittenAsTheLanguageDoes() {
        assertThat(WORDS.formula("100000 gpu × 700 W × 1.1 network and storage × 1.08 PUE"))
                .isEqualTo("100000 GPU × 700 W × 1,1 (red y almacenamiento) × 1,08 (PUE)");
        assertThat(WORDS.formula("7 kW × 0.4138 kg/kWh (TDP at the factor of the Llama 3.1 card)"))
                .isEqualTo("7 kW × 0,4138 kg/kWh (TDP, con el factor de la ficha de Llama 3.1)");
    }
}
