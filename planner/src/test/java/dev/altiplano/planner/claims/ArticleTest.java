package dev.altiplano.planner.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArticleTest {
    private static final List<ClaimResult> RESULTS =
            ClaimsFile.checkBuiltIn(ClaimChecker.standard());

    private static ClaimResult result(String id) {
        return RESULTS.stream().filter(r -> r.claim().id().equals(id)).findFirst().orElseThrow();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "h100-power, consistent-only-as",
        "el-capitan, consistent",
        "power-ratio, consistent-only-as",
        "capex-growth, consistent",
        "costs-growth, consistent-only-as",
        "revenue-growth, consistent",
        "meta-ai-users, consistent",
        "l3p-faulty-gpu, inconsistent",
        "l3p-gpu-causes, inconsistent",
        "l3p-hardware, inconsistent",
        "l3p-layout, inconsistent",
        "card-3.3, inconsistent",
        "card-3.2, inconsistent",
        "mgs-256, inconsistent",
        "mgs-512, inconsistent",
        "mgs-1024, inconsistent",
        "mgs-12288, inconsistent",
        "rel-1024, inconsistent",
        "semi-average, inconsistent",
        "semi-parts, inconsistent",
        "codecarbon-unit, inconsistent"
    })
    void everyVerdictIsTheExpectedOne(String id, String verdict) {
        assertThat(result(id).verdict().toString()).as(result(id).toString()).isEqualTo(verdict);
    }

    @Test
    void theArticlesPowerFitsOnlyAsRatedPower() {
        ClaimResult power = result("h100-power");

        assertThat(power.reading().map(Said::toString)).contains("facility, node rated");
        assertThat(power.readings())
                .filteredOn(Reading::fits)
                .extracting(reading -> reading.name().toString())
                .containsExactlyInAnyOrder("facility, node rated", "IT, node rated");
        assertThat(power.readings()).hasSize(12);
    }

    @Test
    void theExpectedDrawWhileTrainingIsShownBesideIt() {
        assertThat(result("h100-power").readings())
                .filteredOn(
                        r -> r.name().toString().equals("facility, node typical while training"))
                .singleElement()
                .satisfies(
                        r -> {
                            assertThat(r.value()).isBetween(115.0, 115.2);
                            assertThat(r.fits()).isFalse();
                        });
    }

    @Test
    void theLayoutThatWouldFitIsNamed() {
        assertThat(result("l3p-layout").notes())
                .anyMatch(n -> n.toString().contains("factor of 8 would fit"));
    }

    @Test
    void theUnitThatSlippedIsNamed() {
        assertThat(result("codecarbon-unit").notes())
                .anyMatch(n -> n.toString().contains("kg/MWh was meant"));
    }

    @Test
    void whoSaysItAndTheArithmeticAreShown() {
        assertThat(RESULTS)
                .allSatisfy(
                        r -> {
                            assertThat(r.claim().source()).isNotEmpty();
                            assertThat(r.notes()).isNotEmpty();
                        });
        assertThat(result("card-3.3").arithmetic())
                .anyMatch(line -> line.toString().contains("2028 t"));
    }
}
