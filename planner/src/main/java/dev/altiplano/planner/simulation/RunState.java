package dev.altiplano.planner.simulation;

import dev.altiplano.planner.fleet.Nearness;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that changes in a run, owned by one {@link RunSimulation} and used by one thread. Time
 * moves in {@link #advanceTo} only; between two events all is closed form.
 */
final class RunState {
    final RunInput input;
    final Causes causes;
    final NodePool nodes;
    final Progress progress = new Progress();
    final PowerMeter power;
    private final PowerState powerState;
    private final boolean records;
    private final EnumMap<RunPhase, Tally> tallies = new EnumMap<>(RunPhase.class);
    private final List<Trace.Span> timeline = new ArrayList<>();
    private final List<Trace.Level> levels = new ArrayList<>();

    private long nowMicros;
    private RunPhase phase = RunPhase.TRAINING;
    private Tally tally = tally(phase);
    private int cause;
    private int speedPpm = Times.FULL_SPEED_PPM;
    private long spanFromMicros;
    private int slowLinks;
    private long repairs;
    private long exhaustedMicros;
    private int fewestSpares;
    private RunResult.Outcome outcome = RunResult.Outcome.HORIZON;

    RunState(RunInput input, Recording recording) {
        this.input = input;
        power = new PowerMeter(input.power().rates());
        records = recording == Recording.FULL;
        causes = new Causes(input.profile());
        nodes = new NodePool(input.fleet());
        powerState = new PowerState(input);
        cause = causes.none();
        fewestSpares = spares();
        settlePower();
    }

    // --- Time ---

    /** Lets the present phase go on until {@code timeMicros}. */
    void advanceTo(long timeMicros) {
        long duration = timeMicros - nowMicros;
        assert duration >= 0 : "time runs backwards at " + timeMicros;
        tally.micros += duration;
        if (phase.trains()) {
            progress.train(duration, speedPpm);
        } else {
            causes.addStopped(cause, duration);
        }
        if (nodes.hasVacancies() && !nodes.hasSpares()) {
            exhaustedMicros += duration;
        }
        power.hold(nowMicros, timeMicros);
        nowMicros = timeMicros;
    }

    /** After every event: spares and power follow from what it changed. */
    void settle() {
        fewestSpares = Math.min(fewestSpares, spares());
        settlePower();
    }

    private void settlePower() {
        double watts = powerState.watts(phase, nodes);
        if (watts != power.watts() || (levels.isEmpty() && records)) {
            power.set(watts);
            if (records) {
                levels.add(new Trace.Level(nowMicros, watts));
            }
        }
    }

    /** Begins {@code newPhase}; for training, at the present {@link #possibleSpeedPpm}. */
    void enter(RunPhase newPhase, int newCause) {
        closeSpan();
        phase = newPhase;
        tally = tally(newPhase);
        cause = newCause;
        speedPpm = newPhase.trains() ? possibleSpeedPpm() : 0;
    }

    void finish(RunResult.Outcome how) {
        outcome = how;
        enter(RunPhase.DONE, causes.none());
    }

    private void closeSpan() {
        if (records && nowMicros > spanFromMicros) {
            timeline.add(
                    new Trace.Span(
                            spanFromMicros,
                            nowMicros,
                            phase,
                            causes.name(cause),
                            speedPpm,
                            spares()));
        }
        spanFromMicros = nowMicros;
    }

    // --- What holds now ---

    long nowMicros() {
        return nowMicros;
    }

    double days() {
        return nowMicros / (double) Times.DAY;
    }

    RunPhase phase() {
        return phase;
    }

    /** Why the run is not training; {@code causes.none()} if it is. */
    int cause() {
        return cause;
    }

    boolean isRunning() {
        return phase != RunPhase.DONE;
    }

    int speedPpm() {
        return speedPpm;
    }

    /** The speed that nodes, links and the cap allow, in parts per million of full speed. */
    int possibleSpeedPpm() {
        int whole = nodes.wholeReplicas();
        int working = powerState.workingReplicas(whole);
        long speed = (long) Times.FULL_SPEED_PPM * working / input.fleet().replicas();
        speed = scaled(speed, powerState.capSpeed());
        if (nodes.suspects() > 0) {
            speed = scaled(speed, 1 - input.disturbances().stragglers().slowBy());
        }
        if (slowLinks > 0) {
            speed = scaled(speed, 1 - input.disturbances().links().slowBy());
        }
        return (int) speed;
    }

    private static long scaled(long speedPpm, double factor) {
        return (long) (speedPpm * factor);
    }

    /** Whether the site's cap leaves no power to train. */
    boolean isCurtailed() {
        return powerState.mustPause();
    }

    /** Whether a cap of {@code watts} would stop the job. */
    boolean wouldPause(double watts) {
        return powerState.mustPause(watts);
    }

    void capChanged() {
        powerState.setCap(input.power().capWatts(nowMicros));
    }

    void linkSlowed() {
        slowLinks++;
    }

    void linkRestored() {
        slowLinks--;
    }

    void countRepair() {
        repairs++;
    }

    int spares() {
        return nodes.spares();
    }

    long stepsDone() {
        return progress.workMicros() / input.work().stepMicros();
    }

    long stepsSafe() {
        return progress.safeMicros() / input.work().stepMicros();
    }

    long phaseMicros(RunPhase which) {
        return tally(which).micros;
    }

    // --- What came of it ---

    RunResult result(long events, String hash) {
        return new RunResult(
                outcome,
                input.seed(),
                nowMicros,
                stepsDone(),
                stepsDone() * input.work().tokensPerStep(),
                progress.workMicros(),
                progress.lostMicros(),
                phaseTimes(),
                causes.losses(),
                nodesResult(),
                power.result(nowMicros),
                events,
                hash);
    }

    private Tally tally(RunPhase which) {
        return tallies.computeIfAbsent(which, none -> new Tally());
    }

    private Map<RunPhase, Long> phaseTimes() {
        Map<RunPhase, Long> times = new EnumMap<>(RunPhase.class);
        for (RunPhase each : RunPhase.values()) {
            times.put(each, phaseMicros(each));
        }
        return times;
    }

    private RunResult.Nodes nodesResult() {
        return new RunResult.Nodes(
                repairs,
                nodes.swaps(Nearness.SAME_RACK),
                nodes.swaps(Nearness.SAME_POD),
                nodes.swaps(Nearness.OTHER_POD),
                fewestSpares,
                exhaustedMicros);
    }

    Trace trace(RunResult result, String eventsCsv) {
        return new Trace(result, timeline, levels, eventsCsv);
    }

    /** Time in one phase so far. */
    private static final class Tally {
        long micros;
    }
}
