package dev.altiplano.planner.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.problem.PlannerException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 16 busy nodes of 8 kW and 6 idle ones of 1 kW: 134 kW; idle 22 kW. */
final class PowerCapTest {
    private static final double CAP_WATTS = 80_000;
    private static final PowerPlan.Cap WINDOW = PowerPlan.Cap.ofSeconds(10_000, 20_000, CAP_WATTS);

    @ParameterizedTest(name = "{0}")
    @EnumSource(CapPolicy.class)
    void staysBelowTheCapInEverySecondOfTheWindow(CapPolicy policy) {
        Trace trace = TestRuns.trace(capped(policy, WINDOW));
        List<Double> inside = new ArrayList<>();
        List<Double> after = new ArrayList<>();

        new PowerSeries(trace)
                .forEach(
                        PowerSeries.Resolution.SECOND,
                        (from, watts) -> {
                            if (from >= WINDOW.fromMicros() && from < WINDOW.untilMicros()) {
                                inside.add(watts);
                            } else if (from > WINDOW.untilMicros() + Times.HOUR) {
                                after.add(watts);
                            }
                        });

        assertThat(inside).hasSize(10_000).allMatch(watts -> watts <= CAP_WATTS);
        assertThat(after).anyMatch(watts -> watts == 134_000);
    }

    @Test
    void cappedNodesRunAsFastAsTheirWattsAllow() {
        Trace trace = TestRuns.trace(capped(CapPolicy.CAP_GPUS, WINDOW));

        // (80 - 6) / 16 = 4.625 kW a node: ((4.625 - 1) / 7)^(1/2.5).
        int expectedPpm = (int) (1e6 * Math.pow(3.625 / 7, 0.4));
        assertThat(trace.timeline())
                .filteredOn(span -> span.phase() == RunPhase.DEGRADED)
                .isNotEmpty()
                .allMatch(span -> Math.abs(span.speedPpm() - expectedPpm) <= 1);
    }

    @Test
    void aShrunkJobKeepsWholeReplicas() {
        Trace trace = TestRuns.trace(capped(CapPolicy.SHRINK, WINDOW));

        // 80 kW less 22 kW idle is two replicas of 4 x 7 kW.
        assertThat(trace.timeline())
                .filteredOn(span -> span.phase() == RunPhase.DEGRADED)
                .isNotEmpty()
                .allMatch(span -> span.speedPpm() == 500_000);
    }

    @Test
    void aPauseComesAfterACheckpointAndLosesNothing() {
        Trace trace = TestRuns.trace(capped(CapPolicy.PAUSE, WINDOW));

        assertThat(trace.result().lostWorkMicros()).isZero();
        assertThat(trace.timeline())
                .filteredOn(span -> span.phase() == RunPhase.PAUSED)
                .singleElement()
                .satisfies(span -> assertThat(span.untilMicros()).isEqualTo(WINDOW.untilMicros()))
                .satisfies(
                        span ->
                                assertThat(span.fromMicros())
                                        .isBetween(
                                                WINDOW.fromMicros() - 200 * Times.SECOND,
                                                WINDOW.fromMicros()));
    }

    @Test
    void aCapForTheWholeRunHoldsFromTheFirstMoment() {
        Trace trace = TestRuns.trace(capped(CapPolicy.CAP_GPUS, PowerPlan.Cap.always(CAP_WATTS)));

        assertThat(trace.result().power().peakWatts()).isLessThanOrEqualTo(CAP_WATTS);
        assertThat(trace.result().phaseMicros(RunPhase.TRAINING)).isZero();
    }

    @Test
    void refusesACapBelowTheIdleNodes() {
        assertThatThrownBy(() -> capped(CapPolicy.PAUSE, PowerPlan.Cap.always(21_000)))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("E303")
                .hasMessageContaining("22 idle nodes alone draw 0.022 MW");
    }

    @Test
    void refusesAWindowThatEndsBeforeItBegins() {
        assertThatThrownBy(() -> PowerPlan.Cap.ofSeconds(20, 10, CAP_WATTS))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("E302");
    }

    @Test
    void addsUpTheEnergyOfEveryPhase() {
        Work work = Work.ofTokens(1_000, 1, 10);
        RunInput input = RunSimulationTest.quiet(work, 1_000, 100);

        RunResult.Power power = TestRuns.run(input).power();

        // 10,000 s of training at 134 kW, nine stalls of 100 s at 16 x 4 + 6 kW.
        assertThat(power.joules()).isCloseTo(10_000 * 134e3 + 900 * 70e3, within(1.0));
        assertThat(power.peakWatts()).isEqualTo(134e3);
        // At the end all nodes fall idle.
        assertThat(power.largestStepWatts()).isEqualTo(112e3);
        // No quarter hour misses a stall whole: 800 s at most of training beside 100 s of stall.
        assertThat(power.demandWatts()).isBetween(126e3, 134e3);
    }

    private static RunInput capped(CapPolicy policy, PowerPlan.Cap cap) {
        Work work = Work.ofDays(0.5, 1, 1);
        CheckpointPlan checkpoint = CheckpointPlan.ofSeconds(600, 5, 60, work);
        RunInput input = TestRuns.with(RunSimulationTest.quiet(work, 600, 5), checkpoint);
        return TestRuns.with(input, input.power().withCaps(policy, List.of(cap)));
    }
}
