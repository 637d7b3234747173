package dev.altiplano.planner.simulation;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * One run, from event to event. {@link #loop} is all of it: take the earliest event, let time pass
 * in closed form, do what the event does, write it down.
 */
public final class RunSimulation {
    /** How often, in events, the caller's wish to stop is asked for. */
    private static final int EVENTS_BETWEEN_CHECKS = 4_096;

    private final RunInput input;
    private final BooleanSupplier isCancelled;
    private final RunState state;
    private final EventQueue queue = new EventQueue();
    private final EventLog log;
    private final Job job;
    private final Faults faults;
    private final Stragglers stragglers;
    private final Repairs repairs;

    private final long eventsMax;

    private RunSimulation(
            RunInput input, Recording recording, BooleanSupplier isCancelled, long eventsMax) {
        this.input = input;
        this.eventsMax = eventsMax;
        this.isCancelled = isCancelled;
        state = new RunState(input, recording);
        log = new EventLog(recording);
        Draws draws = new Draws(input);
        repairs = new Repairs(state, queue, draws);
        stragglers = new Stragglers(state, queue, repairs);
        job = new Job(state, queue, draws, stragglers);
        faults = new Faults(state, queue, draws, job, repairs);
    }

    /**
     * Simulates and keeps nothing but the result.
     *
     * @throws CancellationException soon after {@code isCancelled} says so
     * @throws PlannerException if the run has more events than {@link RunInput#EVENTS_MAX}
     */
    public static RunResult run(RunInput input, BooleanSupplier isCancelled) {
        return run(input, isCancelled, RunInput.EVENTS_MAX);
    }

    static RunResult run(RunInput input, BooleanSupplier isCancelled, long eventsMax) {
        return new RunSimulation(input, Recording.NONE, isCancelled, eventsMax)
                .loop(after -> {})
                .result();
    }

    /** Simulates and keeps the event log, the timeline and the power curve. */
    public static Trace trace(RunInput input, BooleanSupplier isCancelled) {
        return new RunSimulation(input, Recording.FULL, isCancelled, RunInput.EVENTS_MAX)
                .loop(after -> {});
    }

    /** Simulates and shows the state after every event. */
    static Trace watch(RunInput input, Observer observer) {
        return new RunSimulation(input, Recording.FULL, () -> false, RunInput.EVENTS_MAX)
                .loop(observer);
    }

    private Trace loop(Observer observer) {
        begin();
        while (state.isRunning()) {
            Event event = queue.next();
            state.advanceTo(event.timeMicros());
            handle(event);
            state.settle();
            log.add(event, state);
            observer.after(state);
            checkLimits();
        }
        RunResult result = state.result(log.lines(), log.hash());
        return state.trace(result, log.text());
    }

    private void begin() {
        queue.add(input.work().horizonMicros(), EventKind.HORIZON);
        faults.scheduleAll();
        stragglers.scheduleNext();
        scheduleMaintenance(maintenancePeriodMicros() / 2);
        scheduleCaps();
        job.train();
        state.settle();
    }

    private void handle(Event event) {
        switch (event.kind()) {
            case RUN_DONE -> state.finish(RunResult.Outcome.DONE);
            case CHECKPOINT_BEGIN -> job.beginCheckpoint();
            case CHECKPOINT_TAKEN -> job.checkpointTaken();
            case CHECKPOINT_WRITTEN -> job.checkpointWritten();
            case CHECKPOINT_FAILED -> job.checkpointFailed();
            case CAP_CHANGED -> {
                state.capChanged();
                job.capChanged();
            }
            case CAP_NEAR -> job.capNear();
            case DETECTED -> job.detected();
            case RESTARTED -> job.restarted();
            case PAUSE_ENDED -> job.pauseEnded();
            case NODE_JOINED -> job.nodeJoined(event.component(), event.detail());
            case NODE_REPAIRED -> {
                repairs.repaired(event.component());
                job.spareCame();
            }
            case LINK_REPAIRED -> faults.linkRepaired();
            case FAULT -> faults.strike(event.component(), event.detail());
            case CORRUPTION_FOUND -> faults.corruptionFound(event.detail());
            case STRAGGLER_BEGAN -> {
                stragglers.began(event.component());
                job.reconsider();
            }
            case STRAGGLER_FOUND -> {
                stragglers.found(event.component());
                job.reconsider();
            }
            case MAINTENANCE_DUE -> {
                scheduleMaintenance(maintenancePeriodMicros());
                job.maintenanceDue();
            }
            case HORIZON -> state.finish(RunResult.Outcome.HORIZON);
        }
    }

    private void scheduleMaintenance(long delayMicros) {
        queue.add(Times.after(state.nowMicros(), delayMicros), EventKind.MAINTENANCE_DUE);
    }

    private long maintenancePeriodMicros() {
        return Math.max(1, Times.micros(86_400 / input.disturbances().planned().perDay()));
    }

    /** Every moment at which the cap may change, and the warnings before forced pauses. */
    private void scheduleCaps() {
        CheckpointPlan checkpoint = input.checkpoint();
        // A write may be under way; then comes the stall, then the write that counts.
        long lead = checkpoint.stallMicros() + 2 * checkpoint.writeMicros();
        var changes = new TreeSet<Long>();
        for (PowerPlan.Cap cap : input.power().caps()) {
            changes.add(cap.fromMicros());
            changes.add(cap.untilMicros());
            if (cap.fromMicros() > 0 && state.wouldPause(cap.watts())) {
                queue.add(Math.max(0, cap.fromMicros() - lead), EventKind.CAP_NEAR);
            }
        }
        changes.forEach(micros -> queue.add(micros, EventKind.CAP_CHANGED));
    }

    private void checkLimits() {
        if (log.lines() % EVENTS_BETWEEN_CHECKS != 0) {
            return;
        }
        if (isCancelled.getAsBoolean()) {
            throw new CancellationException("simulation stopped on request");
        }
        if (log.lines() > eventsMax) {
            throw new PlannerException(
                    ErrorCode.E401,
                    "simulation: more than %d events by day %.1f of the run; simulate fewer days or"
                                    .formatted(eventsMax, state.days())
                            + " take a longer checkpoint interval");
        }
    }

    /** Looks at the state after an event. */
    interface Observer {
        void after(RunState state);
    }
}
