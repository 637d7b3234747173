package dev.altiplano.planner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.catalog.Catalog;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReportPageTest {
    private static final Catalog CATALOG = Catalog.builtIn();
    private static final Plan PLAN = ExamplePlan.of(CATALOG);
    private static final ReportPage PAGE = new ReportPage(CATALOG, PLAN);
    private static final String ENGLISH = PAGE.selfContained(Language.EN);
    private static final int BYTES_MAX = 1 << 20;

    @ParameterizedTest
    @EnumSource(Language.class)
    void theFileStandsAlone(Language language) {
        String page = PAGE.selfContained(language);

        assertThat(page).startsWith("<!doctype html><html lang=\"" + language.code() + "\">");
        assertThat(page).doesNotContain("http://", "https://", "src=", "<link", "@import", "<form");
        assertThat(page.length()).isLessThan(BYTES_MAX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"timeline", "power-curve", "cost", "layout", "memory", "step", "regions"})
    void everyPictureStandsBesideItsTable(String id) {
        assertThat(section(id)).contains("<svg", "role=\"img\"", "<table>", "<th scope=\"row\"");
    }

    @Test
    void theLayoutHasACellForEachCopyEachMachineOfAPodAndEachChipOfACopy() {
        int racks = 3_072 / 16;
        assertThat(count("class=\"cell ", section("layout"))).isEqualTo(778 + 2 * racks + 128);
        assertThat(count("class=\"rack\"", section("layout"))).isEqualTo(racks);
        assertThat(section("layout"))
                .contains("Copy 0 (DP rank): ranks 0 to 127, racks 0 to 7")
                .contains("Rank 9: machine 1, TP 1, CP 0, PP 1, EP 0, DP 0")
                .contains("Machine 17 in rack 8, ranks 136–143: copy 1 (DP), stage 1 (PP)");
    }

    @Test
    void whatTheColoursOfTheLayoutShowIsChosenWithoutAScript() {
        assertThat(section("layout"))
                .contains("value=\"dp\" checked", "value=\"pp\"", "value=\"ep\"", "value=\"tp\"")
                .doesNotContain("value=\"cp\"");
    }

    @Test
    void aSentenceCannotBeCheckedInAFileAndItSaysWhereItCan() {
        int start = ENGLISH.indexOf("<section id=\"check\"");
        String check = ENGLISH.substring(start, ENGLISH.indexOf("</section>", start));

        assertThat(check)
                .contains("altiplano plan check --claim")
                .doesNotContain("<input", "<button");
    }

    @Test
    void theTimelineShowsEveryPieceAndEveryCauseThatStopsTheRun() {
        assertThat(count("class=\"hit\"", section("timeline"))).isEqualTo(60);
        assertThat(section("timeline"))
                .contains("Its memory (HBM)", "Silent errors", "Planned")
                .contains("silent data corruption")
                .contains("The closed formula says");
    }

    @Test
    void thePowerCurveShowsTheLimitAndEachCurtailment() {
        assertThat(section("power-curve"))
                .contains("Limit 150 MW", "3 times the grid asks for less");
        assertThat(count("class=\"window\"", section("power-curve"))).isEqualTo(3 + 1);
    }

    @Test
    void theStepsPartsAddUpToTheStep() {
        var step = PLAN.layout().chosen().orElseThrow().step();

        assertThat(section("step")).contains(Texts.of(Language.EN).number(step.seconds(), 3));
    }

    @Test
    void everyClaimCanBeUnfoldedToItsReadings() {
        String claims = section("claims");

        assertThat(count("<details class=\"fold\">", claims)).isEqualTo(1 + 21);
        assertThat(claims)
                .contains("100,000 H100 draw about 150 MW")
                .contains("at the meter, at rated power")
                .contains("151.5&nbsp;MW".replace("&nbsp;", "\u00a0"));
    }

    @Test
    void everyFigureHasAGradeAndASource() {
        assertThat(section("provenance"))
                .contains(
                        "Site: PUE", "SemiAnalysis, “100,000 H100 Clusters”", "fitted", "assumed");
        List<List<String>> figures =
                Provenance.of(Texts.of(Language.EN), CATALOG, PLAN).tables().get(1).rows();
        assertThat(figures)
                .allSatisfy(
                        row ->
                                assertThat(List.of(row.get(0), row.get(1), row.get(3), row.get(4)))
                                        .noneMatch(String::isBlank));
    }

    @Test
    void everyDefaultThatWasTakenIsListed() {
        assertThat(PLAN.input().defaults())
                .allSatisfy(taken -> assertThat(section("assumptions")).contains(taken.key()));
    }

    @Test
    void theMarkdownHoldsTheSameFigures() {
        assertThat(PAGE.markdown(Language.EN))
                .startsWith("# Can 100,000 H100 run on 150 MW?")
                .contains("| Rated power | 127.5 | 140.2 | 151.5 | no | 99,029 |")
                .contains("## Where: price against carbon", "## Where every figure comes from");
    }

    @Test
    void anotherChipIsCalledByItsName() {
        String text =
                """
                model: llama-3.1-8b
                training: {tokens: 1T}
                cluster: {accelerator: mi300x, gpus: 64}
                """;
        var input =
                new dev.altiplano.planner.input.PlanReader(CATALOG).read("plan", text, List.of());

        String page =
                new ReportPage(CATALOG, new dev.altiplano.planner.Planner(1).plan(input))
                        .selfContained(Language.EN);

        assertThat(page).contains("Can 64 AMD Instinct MI300X run on 150 MW?");
        assertThat(page).doesNotContain("by NVIDIA of 2022");
    }

    @Test
    void textsFromOutsideAreEscaped() {
        assertThat(Html.escape("<a href=\"x\">&</a>"))
                .isEqualTo("&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;");
    }

    private static String section(String id) {
        int start = ENGLISH.indexOf("<section id=\"" + id + "\"");
        assertThat(start).as(id).isPositive();
        return ENGLISH.substring(start, ENGLISH.indexOf("</section>", start));
    }

    private static int count(String part, String text) {
        return (int) Pattern.compile(part, Pattern.LITERAL).matcher(text).results().count();
    }
}
