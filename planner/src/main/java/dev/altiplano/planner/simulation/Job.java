package dev.altiplano.planner.simulation;

/**
 * The job's way through its phases: train, checkpoint, stop, restart. Each method is what one event
 * does to the job; what makes the events lies in {@link Faults}, {@link Stragglers} and {@link
 * RunSimulation}.
 *
 * <p>A safe stop is a checkpoint that is written before the job stops: for maintenance, for a
 * curtailment that is near, or to swap slow nodes.
 */
final class Job {
    /** Writes of one safe stop that may fail; then the job stops with the older checkpoint. */
    private static final int SAFE_STOP_WRITES_MAX = 3;

    private final RunState state;
    private final EventQueue queue;
    private final Draws draws;
    private final RecoveryPolicy policy;
    private final CheckpointPlan checkpoint;
    private final Stragglers stragglers;
    private final long stepMicros;
    private final long targetMicros;
    private final long intervalMicros;

    private Progress.Checkpoint copy = new Progress.Checkpoint(0, 0);
    private long writeEndsMicros;
    private long nextCheckpointMicros;
    private int failedWrites;
    private int maintenancesDue;
    private int stopCause;
    private boolean awaitsWrite;
    private boolean capIsNear;
    private boolean isInMaintenance;
    private boolean replacesNodes;
    private boolean loadsCheckpoint;

    Job(RunState state, EventQueue queue, Draws draws, Stragglers stragglers) {
        this.state = state;
        this.queue = queue;
        this.draws = draws;
        this.stragglers = stragglers;
        policy = state.input.recovery().policy();
        checkpoint = state.input.checkpoint();
        stepMicros = state.input.work().stepMicros();
        targetMicros = state.input.work().targetMicros();
        intervalMicros = checkpoint.intervalMicros(stepMicros);
        nextCheckpointMicros = intervalMicros;
        stopCause = state.causes.none();
    }

    // --- Training and checkpoints ---

    /** All ranks are ready: trains, unless there is no power or a stop is due. */
    void train() {
        if (state.isCurtailed()) {
            pauseForPower();
        } else if (isSafeStopDue()) {
            beginCheckpoint();
        } else {
            trainOn();
        }
    }

    /** The speed may have changed, or a safe stop may have become due. */
    void reconsider() {
        if (state.phase().trains()) {
            train();
        }
    }

    private void trainOn() {
        queue.closePhase();
        int speedPpm = state.possibleSpeedPpm();
        if (speedPpm == 0) {
            state.enter(RunPhase.WAITING, stopCause);
            return;
        }
        boolean isFull = speedPpm == Times.FULL_SPEED_PPM;
        state.enter(isFull ? RunPhase.TRAINING : RunPhase.DEGRADED, state.causes.none());
        long toTarget = targetMicros - state.progress.workMicros();
        long toCheckpoint = nextCheckpointMicros - state.progress.workMicros();
        boolean targetIsNext = toTarget <= toCheckpoint;
        long work = targetIsNext ? toTarget : toCheckpoint;
        later(
                state.progress.microsFor(work, speedPpm),
                targetIsNext ? EventKind.RUN_DONE : EventKind.CHECKPOINT_BEGIN);
    }

    /** Stalls; longer if the write before is not through. */
    void beginCheckpoint() {
        queue.closePhase();
        awaitsWrite = false;
        state.enter(RunPhase.CHECKPOINTING, state.causes.checkpoint());
        long writing = writeEndsMicros - state.nowMicros();
        later(Math.max(checkpoint.stallMicros(), writing), EventKind.CHECKPOINT_TAKEN);
    }

    void checkpointTaken() {
        queue.closeWrite();
        copy = state.progress.snapshot(state.nowMicros());
        boolean fails = draws.checkpointFails();
        writeEndsMicros = Times.after(state.nowMicros(), checkpoint.writeMicros());
        queue.add(
                writeEndsMicros,
                fails ? EventKind.CHECKPOINT_FAILED : EventKind.CHECKPOINT_WRITTEN);
        aimAtNextCheckpoint();
        awaitsWrite = isSafeStopDue();
        if (!awaitsWrite) {
            train();
        }
    }

    void checkpointWritten() {
        state.progress.commit(copy);
        failedWrites = 0;
        if (awaitsWrite) {
            stopSafely();
        }
    }

    void checkpointFailed() {
        if (awaitsWrite && ++failedWrites < SAFE_STOP_WRITES_MAX) {
            beginCheckpoint();
        } else if (awaitsWrite) {
            failedWrites = 0;
            stopSafely();
        }
    }

    private void aimAtNextCheckpoint() {
        nextCheckpointMicros = Times.after(state.progress.workMicros(), intervalMicros);
    }

    private void abortWrite() {
        queue.closeWrite();
        writeEndsMicros = state.nowMicros();
        awaitsWrite = false;
    }

    // --- Safe stops ---

    private boolean isSafeStopDue() {
        return maintenancesDue > 0 || capIsNear || stragglers.canSwap();
    }

    void maintenanceDue() {
        maintenancesDue++;
        reconsider();
    }

    void capNear() {
        capIsNear = true;
        reconsider();
    }

    private void stopSafely() {
        queue.closePhase();
        awaitsWrite = false;
        Causes causes = state.causes;
        if (stragglers.swap()) {
            causes.countStop(causes.straggler());
            replacesNodes = true;
            stopCause = causes.straggler();
        }
        if (maintenancesDue > 0) {
            maintenancesDue--;
            isInMaintenance = true;
            pause(causes.planned());
            later(draws.maintenanceMicros(), EventKind.PAUSE_ENDED);
        } else if (capIsNear) {
            pause(causes.curtailment());
        } else {
            goBack(causes.straggler(), state.progress.rollBack());
            restart(causes.straggler());
        }
    }

    private void pauseForPower() {
        queue.closePhase();
        abortWrite();
        pause(state.causes.curtailment());
    }

    /** The job's processes end; what is not written is lost. */
    private void pause(int cause) {
        state.causes.countStop(cause);
        goBack(cause, state.progress.rollBack());
        stopCause = cause;
        state.enter(RunPhase.PAUSED, cause);
    }

    void pauseEnded() {
        isInMaintenance = false;
        if (capIsNear || state.isCurtailed()) {
            pause(state.causes.curtailment());
        } else {
            restart(state.causes.planned());
        }
    }

    /** The cap has changed: stops, starts again, or goes on at another speed. */
    void capChanged() {
        capIsNear = false;
        boolean isPaused = state.phase() == RunPhase.PAUSED;
        if (state.isCurtailed() && !isPaused) {
            pauseForPower();
        } else if (!state.isCurtailed() && isPaused && !isInMaintenance) {
            restart(state.causes.curtailment());
        } else {
            reconsider();
        }
    }

    // --- Unexpected stops and the way back ---

    /** A node of the job is gone: with state in its peers, only the step in flight is lost. */
    void nodeLost(int cause) {
        replacesNodes = true;
        boolean peersHaveState =
                policy == RecoveryPolicy.IN_PLACE
                        || (policy == RecoveryPolicy.ELASTIC && state.nodes.wholeReplicas() > 0);
        if (peersHaveState && !loadsCheckpoint) {
            state.causes.addLostWork(cause, state.progress.loseStep(stepMicros));
        } else {
            goBack(cause, state.progress.rollBack());
        }
        stop(cause);
    }

    /** The processes died; the nodes are well. */
    void processesDied(int cause) {
        goBack(cause, state.progress.rollBack());
        stop(cause);
    }

    /** Wrong numbers were found: back to before they arose. The node is already out. */
    void corruptionFound(int cause, int corruption) {
        goBack(cause, state.progress.undo(corruption));
        if (state.phase().isInterruptible()) {
            replacesNodes = true;
            stop(cause);
        }
    }

    private void goBack(int cause, long lostMicros) {
        state.causes.addLostWork(cause, lostMicros);
        loadsCheckpoint = true;
        aimAtNextCheckpoint();
    }

    private void stop(int cause) {
        state.causes.countStop(cause);
        queue.closePhase();
        abortWrite();
        stopCause = cause;
        if (policy == RecoveryPolicy.NONE) {
            state.finish(RunResult.Outcome.FAILED);
        } else {
            state.enter(RunPhase.DETECTING, cause);
            later(draws.detectMicros(), EventKind.DETECTED);
        }
    }

    void detected() {
        restart(stopCause);
    }

    private void restart(int cause) {
        queue.closePhase();
        stopCause = cause;
        fillVacancies();
        if (policy == RecoveryPolicy.ELASTIC) {
            state.enter(RunPhase.RESTARTING, cause);
            later(draws.restartMicros(false, loadsCheckpoint), EventKind.RESTARTED);
        } else if (state.nodes.hasVacancies()) {
            state.enter(RunPhase.WAITING, cause);
        } else {
            state.enter(RunPhase.RESTARTING, cause);
            later(draws.restartMicros(replacesNodes, true), EventKind.RESTARTED);
        }
    }

    void restarted() {
        replacesNodes = false;
        loadsCheckpoint = false;
        if (policy != RecoveryPolicy.ELASTIC) {
            state.nodes.serveAll();
        }
        train();
    }

    /** A spare more: it may end a wait, complete a replica, or let a slow node go. */
    void spareCame() {
        if (policy == RecoveryPolicy.ELASTIC) {
            fillVacancies();
        } else if (state.phase() == RunPhase.WAITING) {
            restart(stopCause);
        }
        reconsider();
    }

    /** A node joins its replica at a step boundary. */
    void nodeJoined(int slot, int node) {
        if (state.nodes.isJoining(slot, node)) {
            state.nodes.serve(slot);
            if (state.phase() == RunPhase.WAITING && state.possibleSpeedPpm() > 0) {
                restart(stopCause);
            }
            reconsider();
        }
    }

    /** Nearest spares take vacant slots; under an elastic policy each joins when it is ready. */
    private void fillVacancies() {
        state.nodes.fillVacancies(policy == RecoveryPolicy.ELASTIC ? this::joinLater : slot -> {});
    }

    private void joinLater(int slot) {
        queue.add(
                Times.after(state.nowMicros(), draws.replaceMicros()),
                EventKind.NODE_JOINED,
                slot,
                state.nodes.node(slot));
    }

    private void later(long delayMicros, EventKind kind) {
        queue.add(Times.after(state.nowMicros(), delayMicros), kind);
    }
}
