package dev.altiplano.planner.simulation;

/** What is kept of a run besides its result. */
public enum Recording {
    /** Nothing: for samples. */
    NONE,
    /** Event log, timeline and power curve. */
    FULL
}
