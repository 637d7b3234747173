package dev.altiplano.planner.fleet;

import java.util.Locale;

/** Where a node stands. A node is in exactly one state. */
public enum NodeState {
    /** Works in a job, or is free to. */
    ACTIVE,
    /** Works, but slower or more often broken than its peers. */
    SUSPECT,
    /** Healthy as far as is known, taken out of service by an operator. */
    DRAINED,
    /** Out of service until it is mended or reset. */
    REPAIR,
    /** Runs idle, ready to take another node's place. */
    SPARE,
    /** Will not come back. */
    DEAD;

    /** Whether a job may be placed on the node. Suspects keep their job but get no new one. */
    public boolean takesWork() {
        return this == ACTIVE;
    }

    /** As written in files: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
