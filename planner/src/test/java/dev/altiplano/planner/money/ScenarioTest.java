package dev.altiplano.planner.money;

import static dev.altiplano.planner.explain.TermAssert.assertTermsHold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.money.Period.FullYear;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScenarioTest {
    /** 0.4 impressions, 60 % sold, 20 USD a thousand: 4.8 mUSD for an answer that costs 1.3. */
    private static final AdvertRevenue ANSWER = new AdvertRevenue(0.4, 0.6, 20, 0.0013);

    private static Scenario scenario(double subsidised, AdvertRevenue answer) {
        return new Scenario(
                new FullYear(2024),
                Money.usd("164501000000"),
                Money.usd("95121000000"),
                0.15,
                0.1,
                Money.usd("10000000000"),
                5,
                Money.usd("1124000000"),
                subsidised,
                100e9,
                answer,
                0.12);
    }

    @Test
    void theFirstYearAddsUp() {
        Scenario.Year year = scenario(0.5, ANSWER).years(1).getFirst();

        assertThat(year.period()).isEqualTo(new FullYear(2025));
        assertThat(year.revenue().toDouble() / 1e6).isCloseTo(164_501 * 1.15 + 480, within(0.001));
        assertThat(year.costs().toDouble() / 1e6)
                .isCloseTo(95_121 * 1.1 + 2_000 + 562 + 130, within(0.001));
        assertThat(year.operatingIncome()).isEqualTo(year.revenue().minus(year.costs()));
        assertTermsHold(scenario(0.5, ANSWER).terms());
    }

    @Test
    void depreciationRisesUntilTheFirstPurchaseIsWrittenOff() {
        List<Scenario.Year> years = scenario(1, ANSWER).years(7);

        assertThat(years)
                .extracting(year -> year.depreciation().toDouble() / 1e9)
                .containsExactly(2.0, 4.0, 6.0, 8.0, 10.0, 10.0, 10.0);
    }

    @Test
    void breakEvenCarriesTheBorneCost() {
        double queries = scenario(0.5, ANSWER).breakEvenQueries().orElseThrow();

        assertThat(queries * ANSWER.marginUsdPerQuery()).isCloseTo(562e6, within(1.0));
        assertTermsHold(ANSWER.terms());
    }

    @Test
    void noNumberOfQueriesCarriesAnAnswerThatLosesMoney() {
        AdvertRevenue loss = new AdvertRevenue(0.4, 0.6, 2, 0.0013);

        assertThat(scenario(0.5, loss).breakEvenQueries()).isEmpty();
    }

    @Test
    void moreSubsidyNeverRaisesTheMargin() {
        double last = Double.POSITIVE_INFINITY;
        for (int percent = 0; percent <= 100; percent += 10) {
            double margin = scenario(percent / 100.0, ANSWER).years(1).getFirst().operatingMargin();
            assertThat(margin).isLessThanOrEqualTo(last);
            last = margin;
        }
    }
}
