package dev.altiplano.planner.money;

import static dev.altiplano.planner.explain.TermAssert.assertTermsHold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What others printed, from their own inputs. */
final class PublishedCostsTest {
    private static final CapitalCost SERVERS = new CapitalCost(4e9, 0, 100_000, 4, 1);

    /** DeepSeek inference statement, 2025-03-01. */
    private static final ServingFleet DEEPSEEK = new ServingFleet(608e9, 168e9, 73_700, 14_800);

    @Test
    void fourBillionOverFourYearsIsADollarFourteenAnHour() {
        assertThat(SERVERS.usdPerGpuHour()).isCloseTo(1.14, withinPercentage(0.5));
        assertTermsHold(SERVERS.terms());
    }

    @Test
    void halfTheHoursMakeAnHourTwiceAsDear() {
        CapitalCost half = new CapitalCost(4e9, 0, 100_000, 4, 0.5);

        assertThat(half.perGpuHour()).isEqualTo(Money.ofUsd(2 * SERVERS.usdPerGpuHour()));
    }

    @Test
    void electricityOfAYearAddsFourteenCents() {
        ElectricityBill bill = ElectricityBill.ofEnergy(1.59e9, 0.078);

        assertThat(bill.usd() / 1e6).isCloseTo(123.9, withinPercentage(0.2));
        assertThat(bill.usdPerGpuHour(100_000 * 8_760.0)).isCloseTo(0.14, within(0.005));
        assertTermsHold(new ElectricityBill(1.59e9, 0.078, 150_000, 12, 12).terms());
    }

    @Test
    void thePeakIsPaidForEachMonth() {
        assertThat(new ElectricityBill(0, 0, 150_000, 12, 12).total())
                .isEqualTo(Money.usd("21600000"));
    }

    @Test
    void sparesAndIdleTimeMakeAnHourDearer() {
        HourlyCost cost = new HourlyCost(1.14, 0.14, 0.1, 0.2, 0.05, 0.02, 0.8);

        assertThat(cost.installedUsd() + cost.sparesUsd() + cost.idleUsd())
                .isCloseTo(cost.usdPerGpuHour(), within(1e-12));
        assertThat(cost.usdPerGpuHour()).isCloseTo(1.63 / 0.98 / 0.8, within(1e-12));
        assertTermsHold(cost.terms());
    }

    @Test
    void failuresArePaidFor() {
        RunCost run = new RunCost(30.84e6, 2, 0.9);

        assertThat(run.total()).isEqualTo(Money.ofUsd(30.84e6 * 2 / 0.9));
        assertThat(run.usdPerMillionTokens(15.6e12)).isCloseTo(4.393, within(0.001));
        assertTermsHold(run.terms());
    }

    @Test
    void deepSeekServesFromAsManyNodesAsItSays() {
        assertThat(DEEPSEEK.nodes()).isCloseTo(226.75, withinPercentage(0.2));
        assertThat(DEEPSEEK.nodes()).isCloseTo(226.86, within(0.005));
        assertThat(ServingFleet.usdPerDay(226.75, 8, 2)).isEqualTo(87_072);
        assertTermsHold(DEEPSEEK.terms());
    }

    @Test
    void deepSeekWouldEarnMoreThanFiveTimesItsCost() {
        TokenSales sales =
                new TokenSales(
                        List.of(
                                new TokenSales.Line("cache hits", 342e9, 0.14),
                                new TokenSales.Line("cache misses", 266e9, 0.55),
                                new TokenSales.Line("output", 168e9, 2.19)));

        assertThat(sales.marginOver(87_072)).isCloseTo(5.45, withinPercentage(0.5));
        assertTermsHold(sales.terms());
    }

    @Test
    void aMillionTokensCostWhatTheirNodeSecondsCost() {
        TokenCost output = new TokenCost(8 * 2.0, 14_800, 1);

        assertThat(output.usdPerMillionTokens()).isCloseTo(0.3003, within(1e-4));
        assertThat(output.usd(1e6)).isEqualTo(output.usdPerMillionTokens());
        assertThat(new TokenCost(16, 14_800, 0.5).usdPerMillionTokens())
                .isEqualTo(2 * output.usdPerMillionTokens());
        assertTermsHold(output.terms());
    }

    @Test
    void oneClusterTakesLessThanAHundredthOfMetasRevenue() {
        ClusterShare share = new ClusterShare(4e9, 4, 0.124e9, 164.5e9);

        assertThat(share.share()).isCloseTo(0.007, within(0.0005));
        assertTermsHold(share.terms());
    }

    @Test
    void powerIsALimitRatherThanTheCost() {
        HourlyCost cost = HourlyCost.ofServersAndPower(1.14, 0.14);

        assertThat(cost.electricityShare()).isCloseTo(0.109, within(0.001));
        assertThat(DevelopmentShare.ENERGY.contains(0.04)).isTrue();
        assertThat(DevelopmentShare.ENERGY.contains(cost.electricityShare())).isFalse();
    }

    @Test
    void theMarketTakesMoreThanAQuarterEachYear() {
        Depreciation market = new Depreciation.Market(Depreciation.Market.EPOCH_DECADES_PER_YEAR);

        assertThat(1 - market.shareLeftAfter(1)).isCloseTo(0.28, within(0.005));
    }

    @Test
    void theYearsOfALifeTakeThePriceLessTheResidual() {
        Depreciation line = new Depreciation.StraightLine(4, 0.1);
        Money price = Money.usd("40000");
        Money taken = Money.zero(Money.USD);
        for (int year = 1; year <= 6; year++) {
            taken = taken.plus(line.ofYear(price, year));
        }

        assertThat(taken).isEqualTo(Money.usd("36000"));
        assertThat(line.ofYear(price, 5)).isEqualTo(Money.zero(Money.USD));
    }
}
