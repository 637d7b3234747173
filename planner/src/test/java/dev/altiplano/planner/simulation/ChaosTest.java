package dev.altiplano.planner.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.planner.fleet.NodeState;
import dev.altiplano.planner.reliability.FailureCause;
import dev.altiplano.planner.reliability.FailureProfile;
import dev.altiplano.planner.reliability.FaultEffect;
import dev.altiplano.planner.reliability.JobScaling;
import dev.altiplano.planner.reliability.Observation;
import dev.altiplano.planner.reliability.Scope;
import dev.altiplano.planner.reliability.Spread;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random fleets, faults, policies and caps; the state is checked after every event. */
final class ChaosTest {
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyInvariantHoldsAfterEveryEvent(long seed) {
        RunInput input = randomInput(new SplittableRandom(seed), seed);
        Invariants invariants = new Invariants(input);

        Trace trace = RunSimulation.watch(input, invariants::check);

        RunResult run = trace.result();
        assertThat(run.phaseMicros().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(run.wallMicros());
        assertThat(run.wallMicros()).isLessThanOrEqualTo(input.work().horizonMicros());
        checkTimeline(trace);
        checkPower(trace, input);
    }

    private static void checkTimeline(Trace trace) {
        long at = 0;
        for (Trace.Span span : trace.timeline()) {
            assertThat(span.fromMicros()).isEqualTo(at);
            at = span.untilMicros();
        }
        assertThat(at).isEqualTo(trace.result().wallMicros());
    }

    /** No quarter hour, and no minute, is above the cap; the windows' energy is the run's. */
    private static void checkPower(Trace trace, RunInput input) {
        double[] joules = new double[1];
        double[] highest = new double[1];
        long wall = trace.result().wallMicros();
        long window = PowerSeries.Resolution.QUARTER_HOUR.micros();
        new PowerSeries(trace)
                .forEach(
                        PowerSeries.Resolution.QUARTER_HOUR,
                        (from, watts) -> {
                            long until = Math.min(wall, from + window);
                            joules[0] += watts * Times.seconds(until - from);
                            highest[0] = Math.max(highest[0], watts);
                            double cap = meanCap(input.power(), from, until);
                            assertThat(watts).isLessThanOrEqualTo(cap * (1 + 1e-9));
                        });
        RunResult.Power power = trace.result().power();
        assertThat(joules[0]).isBetween(power.joules() * 0.999999, power.joules() * 1.000001);
        assertThat(power.demandWatts()).isLessThanOrEqualTo(highest[0] * 1.000001);
        assertThat(power.demandWatts()).isLessThanOrEqualTo(power.peakWatts() * 1.000001);
    }

    /** The mean of the cap over a window: what the cap lets through. */
    private static double meanCap(PowerPlan plan, long from, long until) {
        TreeSet<Long> moments = new TreeSet<>(List.of(from, until));
        plan.caps().forEach(cap -> moments.addAll(List.of(cap.fromMicros(), cap.untilMicros())));
        double sum = 0;
        for (long moment : moments.subSet(from, until)) {
            sum += plan.capWatts(moment) * (moments.higher(moment) - moment);
        }
        return sum / (until - from);
    }

    private static RunInput randomInput(SplittableRandom random, long seed) {
        int replicas = random.nextInt(1, 9);
        int nodesPerRack = random.nextInt(1, 5);
        FleetShape fleet =
                new FleetShape(
                        random.nextInt(1, 9),
                        replicas * random.nextInt(1, 7),
                        random.nextInt(0, 7),
                        nodesPerRack,
                        nodesPerRack * random.nextInt(1, 5),
                        replicas);
        Work work =
                new Work(
                        random.nextLong(1, 30 * Times.SECOND),
                        random.nextLong(1, 1_000_000),
                        random.nextInt(3) == 0 ? random.nextLong(1, 100_000) : Work.NO_TARGET,
                        random.nextLong(1, 10 * Times.DAY));
        CheckpointPlan checkpoint =
                CheckpointPlan.ofSeconds(
                                random.nextDouble(300, 10_000),
                                random.nextBoolean() ? 0 : random.nextDouble(0, 100),
                                random.nextBoolean() ? 0 : random.nextDouble(0, 2_000),
                                work)
                        .withFailureShare(random.nextInt(3) == 0 ? random.nextDouble() : 0);
        return new RunInput(
                fleet,
                work,
                randomProfile(random),
                randomRecovery(random),
                checkpoint,
                randomDisturbances(random),
                randomPower(random, fleet),
                seed);
    }

    private static FailureProfile randomProfile(SplittableRandom random) {
        List<FailureCause> causes = new ArrayList<>();
        for (FaultEffect effect : FaultEffect.values()) {
            if (random.nextBoolean()) {
                Scope scope = pick(random, Scope.values());
                String name = effect.name().toLowerCase(Locale.ROOT).replace('_', '-');
                causes.add(new FailureCause(name, scope, effect, random.nextDouble(0, 40)));
            }
        }
        JobScaling scaling = random.nextBoolean() ? JobScaling.CONSTANT : JobScaling.WITH_GPUS;
        Observation observed = new Observation(random.nextDouble(10, 400), 10, 8);
        return new FailureProfile("chaos", observed, causes, 0, scaling, "made up");
    }

    private static RecoveryPlan randomRecovery(SplittableRandom random) {
        // A policy that ends the run at once: rarely.
        RecoveryPolicy policy = pick(random, RecoveryPolicy.values());
        if (policy == RecoveryPolicy.NONE && random.nextInt(5) > 0) {
            policy = RecoveryPolicy.ELASTIC;
        }
        return new RecoveryPlan(
                policy,
                randomSpread(random, 600),
                randomSpread(random, 600),
                randomSpread(random, 60),
                randomSpread(random, 600),
                new RecoveryPlan.RepairPlan(
                        random.nextDouble(),
                        random.nextInt(4) == 0 ? random.nextDouble(0, 0.2) : 0,
                        randomSpread(random, 200_000),
                        randomSpread(random, 2_000)));
    }

    private static Disturbances randomDisturbances(SplittableRandom random) {
        double slowBy = random.nextBoolean() ? 1 : random.nextDouble();
        return new Disturbances(
                new Disturbances.Links(slowBy, randomSpread(random, 20_000)),
                new Disturbances.PlannedStops(
                        random.nextBoolean() ? 0 : random.nextDouble(0, 10),
                        randomSpread(random, 3_000)),
                random.nextBoolean()
                        ? Disturbances.Stragglers.NONE
                        : new Disturbances.Stragglers(
                                random.nextDouble(0, 0.2),
                                random.nextInt(5) == 0 ? 1 : random.nextDouble(),
                                random.nextDouble(0, 10)),
                random.nextDouble(0, 12),
                randomSpread(random, 20_000));
    }

    private static PowerPlan randomPower(SplittableRandom random, FleetShape fleet) {
        double fixed = random.nextDouble(0, 10_000);
        double idle = fixed + fleet.nodes() * 1_000.0;
        double full = fixed + fleet.nodes() * 8_000.0;
        CapPolicy policy = pick(random, CapPolicy.values());
        List<PowerPlan.Cap> caps = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            long from = random.nextLong(0, 8 * Times.DAY);
            long length = random.nextLong(1, Times.DAY);
            double watts = random.nextInt(5) == 0 ? idle : random.nextDouble(idle, full);
            caps.add(new PowerPlan.Cap(from, from + length, watts));
        }
        return new PowerPlan(8_000, 4_000, 1_000, fixed, 2.5, policy, caps);
    }

    private static <T> T pick(SplittableRandom random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static Spread randomSpread(SplittableRandom random, double mostSeconds) {
        if (random.nextInt(4) == 0) {
            return Spread.ZERO;
        }
        double low = random.nextDouble(0, mostSeconds);
        return new Spread(low, low * 1.5, low * 3);
    }

    /** What must hold whatever happens. */
    private static final class Invariants {
        private final RunInput input;
        private long lastMicros;
        private long lastLost;

        Invariants(RunInput input) {
            this.input = input;
        }

        void check(RunState state) {
            assertThat(state.nowMicros()).isGreaterThanOrEqualTo(lastMicros);
            lastMicros = state.nowMicros();
            checkNodes(state.nodes);
            long phases = 0;
            for (RunPhase phase : RunPhase.values()) {
                phases += state.phaseMicros(phase);
            }
            assertThat(phases).isEqualTo(state.nowMicros());
            assertThat(state.progress.safeMicros())
                    .isLessThanOrEqualTo(state.progress.workMicros());
            assertThat(state.stepsSafe()).isLessThanOrEqualTo(state.stepsDone());
            long trained =
                    state.phaseMicros(RunPhase.TRAINING) + state.phaseMicros(RunPhase.DEGRADED);
            assertThat(state.progress.workMicros() + state.progress.lostMicros())
                    .isLessThanOrEqualTo(trained);
            assertThat(state.progress.lostMicros()).isGreaterThanOrEqualTo(lastLost);
            lastLost = state.progress.lostMicros();
            if (state.phase().trains()) {
                assertThat(state.speedPpm()).isPositive().isEqualTo(state.possibleSpeedPpm());
            }
            // At the very moment of a change the old power may still stand, for no time at all.
            double before = input.power().capWatts(state.nowMicros() - 1);
            double cap = Math.max(before, input.power().capWatts(state.nowMicros()));
            assertThat(state.power.watts()).isLessThanOrEqualTo(cap * (1 + 1e-9));
        }

        private void checkNodes(NodePool nodes) {
            assertThat(nodes.working() + nodes.spares() + nodes.away())
                    .isEqualTo(input.fleet().nodes());
            Map<NodeState, Integer> counts = new EnumMap<>(NodeState.class);
            int inJob = 0;
            for (int node = 0; node < input.fleet().nodes(); node++) {
                counts.merge(nodes.state(node), 1, Integer::sum);
                inJob += nodes.isInJob(node) ? 1 : 0;
            }
            int repair = counts.getOrDefault(NodeState.REPAIR, 0);
            assertThat(nodes.away()).isEqualTo(repair + counts.getOrDefault(NodeState.DEAD, 0));
            assertThat(nodes.spares()).isEqualTo(counts.getOrDefault(NodeState.SPARE, 0));
            assertThat(nodes.suspects()).isEqualTo(counts.getOrDefault(NodeState.SUSPECT, 0));
            assertThat(nodes.working()).isEqualTo(inJob);
            int filled = 0;
            for (int slot = 0; slot < input.fleet().jobNodes(); slot++) {
                if (nodes.hasNode(slot)) {
                    filled++;
                    assertThat(nodes.isInJob(nodes.node(slot))).isTrue();
                }
            }
            assertThat(filled).isEqualTo(inJob);
        }
    }
}
