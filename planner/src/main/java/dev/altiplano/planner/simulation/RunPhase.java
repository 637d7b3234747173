package dev.altiplano.planner.simulation;

import java.util.Locale;

/** What the run is doing. The times of all phases add to the wall clock to the microsecond. */
public enum RunPhase {
    /** At full speed. */
    TRAINING,
    /** Training below full speed: fewer replicas, a slow node, a slow link or a power cap. */
    DEGRADED,
    /** Stalled for a checkpoint, or waiting for its write before a planned stop. */
    CHECKPOINTING,
    /** Stopped, the reason not yet known. */
    DETECTING,
    /** Nodes are replaced, ranks connected, state loaded. */
    RESTARTING,
    /** Stopped because no spare is left. */
    WAITING,
    /** Stopped on purpose: maintenance or a power curtailment. */
    PAUSED,
    /** Over. */
    DONE;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Whether steps are made. */
    boolean trains() {
        return this == TRAINING || this == DEGRADED;
    }

    /** Whether the accelerators hold a state that corruption can spoil. */
    boolean holdsState() {
        return trains() || this == CHECKPOINTING;
    }

    /** Whether the job's processes live or are being started, so that a fault interrupts it. */
    boolean isInterruptible() {
        return switch (this) {
            case TRAINING, DEGRADED, CHECKPOINTING, DETECTING, RESTARTING -> true;
            case WAITING, PAUSED, DONE -> false;
        };
    }

    /** As written in files: lower case. */
    public String label() {
        return label;
    }
}
