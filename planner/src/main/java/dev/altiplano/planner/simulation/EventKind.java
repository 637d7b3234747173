package dev.altiplano.planner.simulation;

import java.util.Locale;

/**
 * Everything that can happen. The order here is the order of events at one moment; a new kind keeps
 * the others' order among themselves.
 */
enum EventKind {
    /** The last step is made. */
    RUN_DONE,
    /** The stall is over: the state is copied. */
    CHECKPOINT_TAKEN,
    /** The copy is on storage. */
    CHECKPOINT_WRITTEN,
    /** The write failed: the older checkpoint stays. */
    CHECKPOINT_FAILED,
    CHECKPOINT_BEGIN,
    /** A curtailment is near: time for a checkpoint. */
    CAP_NEAR,
    /** The site's cap changes. */
    CAP_CHANGED,
    /** The reason of a stop is known. */
    DETECTED,
    /** All ranks are ready to train. */
    RESTARTED,
    /** A maintenance is over. */
    PAUSE_ENDED,
    /** A node joins its replica (elastic). */
    NODE_JOINED,
    /** A node is healthy again and becomes a spare. */
    NODE_REPAIRED,
    LINK_REPAIRED,
    /** A fault of one of the profile's causes. */
    FAULT,
    /** Corruption that arose earlier is noticed. */
    CORRUPTION_FOUND,
    STRAGGLER_BEGAN,
    STRAGGLER_FOUND,
    /** A planned maintenance is due. */
    MAINTENANCE_DUE,
    /** The run is cut. */
    HORIZON;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** ASCII, as in the event log. */
    String label() {
        return label;
    }

    /** Whether the event belongs to the job's present phase and dies with it. */
    boolean endsPhase() {
        return switch (this) {
            case RUN_DONE, CHECKPOINT_TAKEN, CHECKPOINT_BEGIN, DETECTED, RESTARTED, PAUSE_ENDED ->
                    true;
            default -> false;
        };
    }

    /** Whether the event belongs to the checkpoint that is being written. */
    boolean endsWrite() {
        return this == CHECKPOINT_WRITTEN || this == CHECKPOINT_FAILED;
    }
}
