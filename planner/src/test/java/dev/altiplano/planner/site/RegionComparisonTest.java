package dev.altiplano.planner.site;

import static dev.altiplano.planner.explain.TermAssert.assertTermsHold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.altiplano.planner.money.Money;
import dev.altiplano.planner.quantity.ItPower;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A 150 MW IT load for a year at PUE 1.08. */
final class RegionComparisonTest {
    private static final Map<String, GridRegion> REGIONS = new LinkedHashMap<>();

    static {
        add("NY", "0.0687", 0.125);
        add("WA", "0.0635", 0.273);
        add("OR", "0.0752", 0.273);
        add("VA", "0.0892", 0.283);
        add("CA", "0.1864", 0.226);
        add("AZ", "0.0811", 0.352);
        add("TX", "0.0660", 0.350);
        add("LA", "0.0588", 0.363);
        add("GA", "0.0688", 0.405);
        add("TN", "0.0623", 0.423);
        add("IA", "0.0691", 0.425);
        add("OH", "0.0703", 0.454);
        add("MI", "0.0816", 0.552);
    }

    private static final RegionComparison YEAR =
            RegionComparison.of(REGIONS.values(), new ItPower(150e6).atPue(1.08), 8_760);

    private static void add(String name, String usdPerKwh, double kgPerKwh) {
        REGIONS.put(name, new GridRegion(name, name, Money.usd(usdPerKwh), kgPerKwh));
    }

    @ParameterizedTest(name = "{0}: {1} m USD, {2} kt")
    @CsvSource({
        "NY, 97, 177", "WA, 90, 388", "OR, 107, 388", "VA, 127, 401", "CA, 265, 320",
        "AZ, 115, 500", "TX, 94, 496", "LA, 83, 516", "GA, 98, 575", "TN, 88, 601",
        "IA, 98, 603", "OH, 100, 644", "MI, 116, 783"
    })
    void reproducesTheTableOfAYear(String name, double millionUsd, double kilotonnes) {
        RegionYear year = year(name);

        assertThat(year.energyKwh() / 1e6).isCloseTo(1_419, within(0.5));
        assertThat(year.cost().toDouble() / 1e6).isCloseTo(millionUsd, withinPercentage(0.8));
        assertThat(year.carbon().tonnes() / 1e3).isCloseTo(kilotonnes, withinPercentage(0.8));
        assertTermsHold(year.terms());
    }

    @Test
    void theFrontHasTheCheapestTheCleanestAndWhatLiesBetween() {
        assertThat(YEAR.front())
                .extracting(year -> year.region().name())
                .containsExactly("LA", "WA", "NY");
    }

    @Test
    void twoEqualRegionsAreBothOnTheFront() {
        GridRegion a = new GridRegion("A", "A", Money.usd("0.05"), 0.2);
        GridRegion b = new GridRegion("B", "B", Money.usd("0.05"), 0.2);

        assertThat(RegionComparison.of(List.of(b, a), new ItPower(1).atPue(1), 1).front())
                .extracting(year -> year.region().name())
                .containsExactly("A", "B");
    }

    private static RegionYear year(String name) {
        return YEAR.regions().stream()
                .filter(year -> year.region().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
