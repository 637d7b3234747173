package dev.altiplano.planner.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.reliability.EffectiveTime;
import dev.altiplano.planner.reliability.FaultEffect;
import dev.altiplano.planner.reliability.KeptTime;
import dev.altiplano.planner.reliability.Spread;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The closed forms of where the wall clock goes, against long simulated runs. */
final class KeptTimeTest {
    private static final int SAMPLES = 8;
    private static final double DAYS = 100;

    @ParameterizedTest(name = "{0} nodes, restart {1} s, {2} planned a day, corruption {3} h")
    @CsvSource({
        "2048, 480, 0, 0",
        "12500, 480, 4, 0",
        "2048, 480, 0.87, 6",
        "12500, 480, 0.87, 6",
        "12500, 60, 0.87, 12",
    })
    void agreesWithTheSimulation(
            int nodes, double restart, double planned, double corruptionHours) {
        RunInput input = input(nodes, restart, planned, corruptionHours);

        KeptTime closed = closed(input, restart);

        SampleSummary samples = new SampleRunner(2).run(input, SAMPLES, () -> false);
        double kept = samples.mean(RunResult::effectiveShare);
        assertThat(closed.share()).isCloseTo(kept, within(0.005 + 3 * noise(closed)));
        assertThat(closed.stallShare())
                .isCloseTo(share(samples, RunPhase.CHECKPOINTING), within(0.003));
        assertThat(closed.restartShare())
                .isCloseTo(stopped(samples, false), within(0.003 + 0.02 * closed.restartShare()));
        assertThat(closed.plannedShare()).isCloseTo(stopped(samples, true), within(0.002));
        assertThat(closed.corruptedShare())
                .isCloseTo(corrupted(samples), within(0.003 + 3 * noise(closed)));
    }

    @Test
    void addsUpToTheWholeWallClock() {
        KeptTime time = new KeptTime(new EffectiveTime(1_800, 480, 130, 5), 0.9, 900, 0.03, 6);

        assertThat(
                        time.share()
                                + time.corruptedShare()
                                + time.rolledBackShare()
                                + time.stallShare()
                                + time.restartShare()
                                + time.plannedShare())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void losesOnlyStallsWhenNothingFails() {
        double never = Double.POSITIVE_INFINITY;
        KeptTime time = new KeptTime(new EffectiveTime(never, 600, 95, 5), 0, 900, 0, 6);

        assertThat(time.share()).isCloseTo(0.95, within(1e-12));
        assertThat(time.stallShare()).isCloseTo(0.05, within(1e-12));
        assertThat(time.waitingShare()).isCloseTo(0.05, within(1e-12));
        assertThat(time.rolledBackShare()).isCloseTo(0, within(1e-12));
    }

    /** Standard deviation of the corrupted share: that of the number of corruptions. */
    private static double noise(KeptTime closed) {
        double corruptions = closed.corruptionsPerHour() * 24 * DAYS * SAMPLES;
        return closed.corruptedShare() / Math.sqrt(corruptions);
    }

    private static RunInput input(int nodes, double restart, double planned, double hours) {
        RunInput run = TestRuns.llama3(nodes, DAYS, restart);
        RunInput input = run.withFleet(run.fleet().withSpares(nodes / 4));
        Disturbances disturbances =
                input.disturbances()
                        .withPlanned(new Disturbances.PlannedStops(planned, Spread.constant(600)))
                        .withCorruptionDelay(hours);
        return TestRuns.with(input, disturbances);
    }

    private static KeptTime closed(RunInput input, double restart) {
        double gpus = input.fleet().gpus();
        double mtti = input.profile().mttiHours(gpus) * 3_600;
        double interval = Times.seconds(input.checkpoint().intervalMicros(1_000_000));
        return new KeptTime(
                new EffectiveTime(mtti, restart, interval, TestRuns.STALL_SECONDS),
                input.disturbances().planned().perDay(),
                600 + restart + TestRuns.STALL_SECONDS,
                input.profile().stopsPerHour(FaultEffect.SILENT_CORRUPTION, gpus),
                input.disturbances().corruptionDelayHours());
    }

    private static double share(SampleSummary samples, RunPhase phase) {
        return mean(samples, run -> run.phaseMicros(phase));
    }

    private static double stopped(SampleSummary samples, boolean planned) {
        return mean(
                samples,
                run ->
                        run.losses().stream()
                                .filter(loss -> !loss.cause().equals("checkpoint"))
                                .filter(loss -> loss.isPlanned() == planned)
                                .mapToLong(RunResult.Loss::stoppedMicros)
                                .sum());
    }

    private static double corrupted(SampleSummary samples) {
        return mean(
                samples,
                run ->
                        run.losses().stream()
                                .filter(loss -> loss.cause().contains("corruption"))
                                .mapToLong(RunResult.Loss::lostWorkMicros)
                                .sum());
    }

    private static double mean(SampleSummary samples, ToDoubleFunction<RunResult> micros) {
        return samples.mean(run -> micros.applyAsDouble(run) / run.wallMicros());
    }
}
