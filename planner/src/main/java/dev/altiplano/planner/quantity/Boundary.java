package dev.altiplano.planner.quantity;

/** Names of the boundaries at which power is measured, from the inside out, as files spell them. */
public enum Boundary {
    ACCELERATOR,
    NODE,
    IT,
    FACILITY
}
