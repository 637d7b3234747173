package dev.altiplano.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.input.PlanReader;
import dev.altiplano.planner.quantity.Estimate;
import dev.altiplano.planner.simulation.RunInput;
import dev.altiplano.planner.simulation.RunResult;
import dev.altiplano.planner.simulation.SampleRunner;
import dev.altiplano.planner.simulation.SampleSummary;
import dev.altiplano.planner.site.PowerReading;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Power, carbon and money of a plan: one truth, from the accelerator to the price of a token. */
final class PlanSectionsTest {
    private static final PlanReader READER = new PlanReader(Catalog.builtIn());

    private static final String ON_100K =
            """
            model: llama-3.1-405b
            training: {tokens: 15.6T, sequence: 8192, batch_tokens: 100663296}
            cluster: {accelerator: h100-sxm, gpus: 100000, spares: 210}
            layout: {tp: 8, pp: 16, dp: 768, v: 8}
            site: {region: OH, pue: 1.08}
            """;

    @Test
    void readsTheClusterAsTheSpecificationDoes() {
        ClusterPower power = plan().power();

        assertThat(power.at(PowerReading.RATED).facility().megawatts())
                .isCloseTo(151.5, within(.1));
        assertThat(power.at(PowerReading.RATED).it().megawatts()).isCloseTo(140.2, within(.1));
        assertThat(power.at(PowerReading.TYPICAL).facility().megawatts())
                .isCloseTo(115.1, within(.1));
        assertThat(power.at(PowerReading.MEASURED_MAXIMUM).facility().megawatts())
                .isCloseTo(124.7, within(.1));
    }

    @Test
    void energyIsMeanPowerTimesTheDaysOfTheRun() {
        Plan plan = plan();

        double hours = 24 * plan.failures().trainingDays().value().likely();
        double meanKilowatts = plan.power().kilowattHours() / hours;
        assertThat(meanKilowatts)
                .isBetween(
                        plan.power().waiting().watts() / 1_000,
                        1_000 * plan.power().training().value().likely());
    }

    @Test
    void theSimulatedMeanPowerAgreesWithTheClosedForm() {
        Plan plan = plan("training.tokens=2T", "reliability.restart=5 min");
        SampleSummary samples = simulated(plan);

        double seconds = 86_400 * plan.failures().trainingDays().value().likely();
        double closedForm = plan.power().energy().value().base() / seconds;
        double simulated = samples.mean(r -> r.power().joules() / (86_400 * r.days()));
        assertThat(simulated).isCloseTo(closedForm, within(0.02 * closedForm));
    }

    @Test
    void carbonIsEnergyTimesTheGridsFactor() {
        Plan plan = plan();

        assertThat(plan.carbon().location().value().likely())
                .isCloseTo(plan.power().kilowattHours() * 0.454 / 1_000, within(1e-6));
        assertThat(plan.carbon().report().location().tonnes())
                .isCloseTo(plan.carbon().location().value().likely(), within(1e-6));
        assertThat(plan.carbon().card().orElseThrow().kilograms())
                .isCloseTo(1_000 * plan.carbon().cardEnergy().megawattHours() * 0.4138, within(1.));
    }

    @Test
    void theRunCostsItsHoursTimesTheHourlyCost() {
        Plan plan = plan();
        MoneyPlan money = plan.money();

        double hours =
                24 * plan.failures().trainingDays().value().likely() * plan.compute().jobGpus();
        assertThat(money.own().usd())
                .isCloseTo(money.hour().usdPerGpuHour() * hours, within(1e-6 * money.own().usd()));
        assertThat(money.runCost().value().likely())
                .isCloseTo(money.own().usd() / 1e6, within(1e-9 * money.own().usd()));
        assertThat(money.electricity().energyUsd())
                .isCloseTo(plan.power().kilowattHours() * 0.0703, within(1.));
    }

    @Test
    void namesWhatMovesTheCost() {
        Estimate cost = plan().money().runCost();

        assertThat(cost.value().low()).isLessThan(cost.value().likely());
        assertThat(cost.value().high()).isGreaterThan(cost.value().likely());
        assertThat(cost.movers()).extracting(Estimate.Mover::input).contains("useful life");
    }

    @Test
    void aCapBelowTheDrawMakesTheRunLonger() {
        Plan free = plan();
        Plan capped = plan("site.cap={value: 100 MW, of: facility}");

        double slower =
                capped.failures().trainingDays().value().likely()
                        / free.failures().trainingDays().value().likely();
        assertThat(slower).isCloseTo(1 / capped.power().speedUnderCap(), within(1e-9));
        assertThat(slower).isGreaterThan(1);
        assertThat(capped.power().training().value().likely()).isCloseTo(100, within(1e-9));
    }

    @Test
    void aCapSlowsTheSimulatedRunAsMuchAsTheClosedForm() {
        String[] run = {"training.tokens=2T", "reliability.restart=5 min"};
        Plan free = plan(run);
        Plan capped = plan(run[0], run[1], "site.cap={value: 100 MW, of: facility}");

        double closedForm =
                capped.failures().trainingDays().value().likely()
                        / free.failures().trainingDays().value().likely();
        double simulated =
                simulated(capped).mean(RunResult::days) / simulated(free).mean(RunResult::days);
        assertThat(simulated).isCloseTo(closedForm, within(0.02 * closedForm));
    }

    private static SampleSummary simulated(Plan plan) {
        RunInput run = RunPlanner.untilDone(plan);
        return new SampleRunner(2).run(run, 20, () -> false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "site.cap={value: 60 MW, of: facility}",
                "site={cap: {value: 80 MW, of: facility}, cap_policy: pause}"
            })
    void refusesACapThatLeavesNothing(String cap) {
        assertThatThrownBy(() -> plan(cap)).hasMessageContaining("E303 no layout keeps");
    }

    @Test
    void aRegionWithoutAPriceTakesTheAverageAndSaysSo() {
        Plan plan = plan("site.region=HIOA");

        assertThat(plan.input().defaults())
                .anyMatch(
                        used ->
                                used.key().equals("money.tariff")
                                        && used.about().contains("no price is known for Oahu"));
        assertThat(plan.money().electricity().energyUsd()).isPositive();
    }

    @Test
    void thePlansDefaultsAreThoseOfTheCatalogueWithTheirBands() {
        Catalog catalog = Catalog.builtIn();
        Plan plan = plan();

        assertThat(plan.input().money().life()).isEqualTo(catalog.figure("life").value());
        assertThat(plan.input().money().demandCharge())
                .isEqualTo(catalog.figure("demand-charge").value());
    }

    private static Plan plan(String... overrides) {
        return new Planner(1).plan(READER.read("plan.yaml", ON_100K, List.of(overrides)));
    }
}
