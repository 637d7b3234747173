package dev.altiplano.planner.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.site.PowerReading;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class LivePageTest {
    private static final LivePage PAGE = new LivePage(Catalog.builtIn());

    @ParameterizedTest
    @EnumSource(Language.class)
    void everyAnchorIsUniqueAndEveryLabelIsThere(Language language) {
        String page = PAGE.html(language);
        Set<String> ids = new HashSet<>();
        Matcher id = Pattern.compile(" id=\"([^\"]+)\"").matcher(page);
        while (id.find()) {
            assertThat(ids.add(id.group(1))).as(id.group(1)).isTrue();
        }
        Matcher reference = Pattern.compile(" (?:for|aria-labelledby)=\"([^\"]+)\"").matcher(page);
        while (reference.find()) {
            assertThat(ids).contains(reference.group(1));
        }
    }

    @ParameterizedTest(name = "{0} H100, {1} MW, PUE {2}, {3}: {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "100000 | 150 | 1.08 | TYPICAL |",
                "100000 | 160 | 1.08 | TYPICAL | claims power-curve",
                "100000 | 150 | 1.08 | RATED | cost regions",
                "100000 | 150 | 1.20 | TYPICAL | assumptions claims cost power-curve provenance regions timeline",
                "60000 | 150 | 1.08 | TYPICAL | claims cost layout memory power-curve provenance regions run step timeline",
            })
    void onlyThePicturesWhoseInputsMoveAreDrawnAnew(
            long gpus, double cap, double pue, PowerReading reading, String expected) {
        List<LivePage.Picture> changed =
                PAGE.changed(
                        Language.EN,
                        new PowerQuestion(gpus, cap * 1e6, pue, reading),
                        marks(PAGE.html(Language.EN)),
                        () -> false);

        Set<String> allowed = expected == null ? Set.of() : Set.of(expected.split(" "));
        assertThat(changed.stream().map(LivePage.Picture::id).collect(Collectors.toSet()))
                .isSubsetOf(allowed);
        assertThat(changed.isEmpty()).isEqualTo(allowed.isEmpty());
    }

    @Test
    void aLimitBelowIdleMachinesIsToldAndNotSimulated() {
        List<LivePage.Picture> pictures =
                PAGE.changed(Language.ES, press(60), Set.of(), () -> false);

        assertThat(html(pictures, "timeline"))
                .contains("incluso sin ningún trabajo las máquinas toman 78,0 MW")
                .doesNotContain("<svg");
    }

    @Test
    void aLowLimitSlowsTheRunDown() {
        String timeline =
                html(PAGE.changed(Language.EN, press(100), Set.of(), () -> false), "timeline");

        assertThat(timeline).contains("Training more slowly");
    }

    @Test
    void aClusterTooSmallForTheModelIsRefused() {
        PowerQuestion question = new PowerQuestion(150, 1e6, 1.08, PowerReading.TYPICAL);

        assertThatThrownBy(() -> PAGE.changed(Language.EN, question, Set.of(), () -> false))
                .isInstanceOf(PlannerException.class);
        assertThat(LivePage.tooSmall(Language.ES)).contains("al menos 200 chips");
    }

    @ParameterizedTest
    @CsvSource({"200", "1000", "3000", "1000000", "10000000"})
    void anyOtherSizeHasPictures(long gpus) {
        PowerQuestion question = new PowerQuestion(gpus, 99_999e6, 1.08, PowerReading.TYPICAL);

        assertThat(PAGE.changed(Language.EN, question, Set.of(), () -> false))
                .extracting(LivePage.Picture::id)
                .contains("timeline", "power-curve", "layout", "memory", "step");
    }

    @Test
    void theClaimsAreJudgedWithTheFormsNumbers() {
        PowerQuestion question = new PowerQuestion(50_000, 80e6, 1.2, PowerReading.TYPICAL);

        String claims = html(PAGE.changed(Language.EN, question, Set.of(), () -> false), "claims");

        assertThat(claims)
                .contains("50,000 H100 draw 80 MW at the meter")
                .contains("50,000 GPU × 969 W × 1.1 (network and storage) × 1.2 (PUE)")
                .contains("100,000 GPU × 1,275 W × 1.1 (network and storage) × 1.2 (PUE)")
                .contains("where a PUE is missing, it is 1.2");
    }

    @Test
    void aSentenceOfTheReadersIsJudgedInTheirLanguage() {
        LivePage.Judged judged = PAGE.judged(Language.ES, "100.000 H100 consumen 150 MW", 1.08);

        assertThat(judged.html())
                .contains("≈ solo en una lectura")
                .contains("100.000 GPU × 1.275 W × 1,1 (red y almacenamiento) × 1,08 (PUE)");
        assertThat(judged.spoken())
                .contains("solo si se leen como «en el contador, a potencia nominal»");
    }

    @Test
    void whatWasNotUnderstoodIsShownAndEscaped() {
        LivePage.Judged judged = PAGE.judged(Language.EN, "100000 <b>unicorns</b> = 150 MW", 1.08);

        assertThat(judged.html()).contains("This part was not understood: ").doesNotContain("<b>");
        assertThat(PAGE.judged(Language.EN, "100000 unicorns = 150 MW", 1.08).spoken())
                .endsWith("This part was not understood: unicorns.");
    }

    @Test
    void aReaderWhoLeavesEndsTheSimulation() {
        assertThatThrownBy(() -> PAGE.changed(Language.EN, press(140), Set.of(), () -> true))
                .isInstanceOf(CancellationException.class);
    }

    private static PowerQuestion press(double megawatts) {
        return new PowerQuestion(100_000, megawatts * 1e6, 1.08, PowerReading.TYPICAL);
    }

    private static String html(List<LivePage.Picture> pictures, String id) {
        return pictures.stream()
                .filter(picture -> picture.id().equals(id))
                .findFirst()
                .orElseThrow()
                .html();
    }

    private static Set<String> marks(String page) {
        return Pattern.compile("data-mark=\"([^\"]+)\"")
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }
}
