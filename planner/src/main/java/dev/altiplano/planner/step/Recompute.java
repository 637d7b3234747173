package dev.altiplano.planner.step;

/** What the backward pass computes again instead of keeping it. */
public enum Recompute {
    NONE,
    /** The attention core. */
    SELECTIVE,
    /** The whole layer; only its input is kept. */
    FULL
}
