package dev.altiplano.planner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.catalog.Catalog;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ReportPageTest {
    private static final Catalog CATALOG = Catalog.builtIn();
    private static final Plan PLAN = ExamplePlan.of(CATALOG);
    private static final ReportPage PAGE = new ReportPage(CATALOG, PLAN);
    private static final int BYTES_MAX = 1 << 20;

    @ParameterizedTest
    @EnumSource(Language.class)
    void theFileStandsAlone(Language language) {
        String page = PAGE.selfContained(language);

        assertThat(page).startsWith("<!doctype html><html lang=\"" + language.code() + "\">");
        assertThat(page).doesNotContain("http://", "https://", "src=", "<link", "@import");
        assertThat(page.length()).isLessThan(BYTES_MAX);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void everyAnchorIsUniqueAndEveryLabelIsThere(Language language) {
        String page = PAGE.served(language);
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

    @Test
    void everyPictureStandsBesideItsTable() {
        String page = PAGE.served(Language.EN);

        for (String section : new String[] {"layout", "memory", "step", "regions", "cost"}) {
            int start = page.indexOf("<section id=\"" + section + "\"");
            assertThat(start).as(section).isPositive();
            String part = page.substring(start, page.indexOf("</section>", start));
            assertThat(part).contains("<svg", "role=\"img\"", "<table>", "<th scope=\"row\">");
        }
    }

    @Test
    void theLayoutHasACellForEachCopyAndEachChipOfTheFirst() {
        String page = PAGE.served(Language.EN);
        int start = page.indexOf("<section id=\"layout\"");
        String part = page.substring(start, page.indexOf("</section>", start));

        assertThat(part.split("<rect ", -1).length - 1).isEqualTo(768 + 128);
        assertThat(part)
                .contains("Copy 0 (DP rank): ranks 0 to 127, racks 0 to 7")
                .contains("Rank 9: machine 1, TP 1, CP 0, PP 1, EP 0, DP 0");
    }

    @Test
    void theStepsPartsAddUpToTheStep() {
        var step = PLAN.layout().chosen().orElseThrow().step();

        assertThat(PAGE.served(Language.EN))
                .contains(Texts.of(Language.EN).number(step.seconds(), 3) + " s");
    }

    @Test
    void theMarkdownHoldsTheSameFigures() {
        assertThat(PAGE.markdown(Language.EN))
                .startsWith("# Can 100,000 H100 run on 150 MW?")
                .contains("| Rated power | 127.5 | 140.2 | 151.5 | no | 99,029 |")
                .contains("## Where: price against carbon");
    }

    @Test
    void textsFromOutsideAreEscaped() {
        assertThat(Html.escape("<a href=\"x\">&</a>"))
                .isEqualTo("&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;");
    }
}
