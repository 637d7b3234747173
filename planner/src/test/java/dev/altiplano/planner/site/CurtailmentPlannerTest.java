package dev.altiplano.planner.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.simulation.CapPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 100,000 rated H100: 151.47 MW busy, 76.63 MW idle; 112 MW for three hours of ten. */
final class CurtailmentPlannerTest {
    private static final FleetLoad FLEET =
            new FleetLoad(
                    12_500, new FacilityPower(151.47e6), new FacilityPower(76.626e6), 128, 2.5);
    private static final Curtailment AFTERNOON =
            new Curtailment(4 * 3_600, 7 * 3_600, new FacilityPower(112e6));
    private static final CapSchedule CAPS = new CapSchedule(Optional.empty(), List.of(AFTERNOON));
    private static final double TEN_HOURS = 36_000;
    private static final OptionalDouble TEN_MEGAWATTS_A_MINUTE = OptionalDouble.of(10e6 / 60);

    private static CurtailmentPlan plan(CapPolicy policy, OptionalDouble ramp) {
        return new CurtailmentPlanner(FLEET, CAPS, ramp, TEN_HOURS, 1e6, 600).plan(policy);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(CapPolicy.class)
    void keepsTheCapWithAndWithoutARamp(CapPolicy policy) {
        assertThat(plan(policy, OptionalDouble.empty()).proof().holds()).isTrue();

        CurtailmentPlan ramped = plan(policy, TEN_MEGAWATTS_A_MINUTE);

        assertThat(ramped.proof().holds()).isTrue();
        assertThat(ramped.curve().at(AFTERNOON.fromSeconds()).megawatts()).isLessThanOrEqualTo(112);
        assertThat(ramped.curve().largestStepWatts()).isLessThanOrEqualTo(10e6 * (1 + 1e-9));
    }

    @Test
    void slowerAcceleratorsLoseLessThanFewerReplicasAndThoseLessThanAPause() {
        double capped = plan(CapPolicy.CAP_GPUS, OptionalDouble.empty()).tokensLost();
        double shrunk = plan(CapPolicy.SHRINK, OptionalDouble.empty()).tokensLost();
        double paused = plan(CapPolicy.PAUSE, OptionalDouble.empty()).tokensLost();

        // Speed (35.374 / 74.844)^(1/2.5); 60 of 128 replicas; three hours and ten minutes.
        assertThat(capped).isCloseTo(3 * 3_600 * (1 - 0.741) * 1e6, within(1e7));
        assertThat(shrunk).isCloseTo(3 * 3_600 * (1 - 60 / 128.0) * 1e6, within(1.0));
        assertThat(paused).isCloseTo((3 * 3_600 + 600) * 1e6, within(1.0));
    }

    @Test
    void aRampCostsTokensBeforeAndAfterTheWindow() {
        assertThat(plan(CapPolicy.CAP_GPUS, TEN_MEGAWATTS_A_MINUTE).tokensLost())
                .isGreaterThan(plan(CapPolicy.CAP_GPUS, OptionalDouble.empty()).tokensLost());
    }

    @Test
    void refusesACapBelowTheIdleFleet() {
        CapSchedule tooLow =
                new CapSchedule(
                        Optional.empty(), List.of(new Curtailment(0, 60, new FacilityPower(7e7))));
        CurtailmentPlanner planner =
                new CurtailmentPlanner(FLEET, tooLow, OptionalDouble.empty(), 600, 1, 0);

        assertThatThrownBy(() -> planner.plan(CapPolicy.PAUSE))
                .isInstanceOf(PlannerException.class)
                .hasMessage("E303 no layout keeps 70 MW: 12500 idle nodes alone draw 76.63 MW");
    }

    @Test
    void refusesAWindowThatEndsBeforeItBegins() {
        assertThatThrownBy(() -> new Curtailment(7_200, 3_600, new FacilityPower(1)))
                .isInstanceOf(PlannerException.class)
                .hasMessageStartingWith(
                        "E302 curtailment window ends before it begins: from 7200 s to 3600 s");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    void keepsRandomSchedulesUnderEveryPolicyAndRamp(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Curtailment> windows = new ArrayList<>();
        for (int i = 0; i < random.nextInt(1, 12); i++) {
            double from = random.nextDouble(TEN_HOURS);
            windows.add(
                    new Curtailment(
                            from,
                            from + random.nextDouble(1, 10_000),
                            new FacilityPower(random.nextDouble(77e6, 160e6))));
        }
        CapSchedule caps =
                new CapSchedule(
                        random.nextBoolean()
                                ? Optional.of(new FacilityPower(140e6))
                                : Optional.empty(),
                        windows);
        double ramp = random.nextDouble(1e4, 1e6);

        for (CapPolicy policy : CapPolicy.values()) {
            for (OptionalDouble limit : List.of(OptionalDouble.empty(), OptionalDouble.of(ramp))) {
                CurtailmentPlan plan =
                        new CurtailmentPlanner(FLEET, caps, limit, TEN_HOURS, 1, 60).plan(policy);
                assertThat(plan.proof().holds()).as("%s %s", policy, plan.proof()).isTrue();
                assertThat(plan.tokensLost()).isBetween(-1e-6, TEN_HOURS);
                assertNeverAbove(plan.curve(), caps);
                limit.ifPresent(
                        watts ->
                                assertThat(plan.curve().largestStepWatts())
                                        .isLessThanOrEqualTo(watts * 60 * (1 + 1e-9)));
            }
        }
    }

    private static void assertNeverAbove(PowerCurve curve, CapSchedule caps) {
        for (CapSchedule.Level level : caps.levels(curve.untilSeconds())) {
            double middle = (level.fromSeconds() + level.untilSeconds()) / 2;
            assertThat(curve.at(level.fromSeconds()).watts()).isLessThanOrEqualTo(level.watts());
            assertThat(curve.at(middle).watts()).isLessThanOrEqualTo(level.watts());
        }
    }
}
