package dev.altiplano.planner.reliability;

/** What the number of faults of a cause grows with, and therefore which component one hits. */
public enum Scope {
    /** One accelerator with its memory and links. */
    GPU,
    /** One host. */
    NODE,
    /** One host's cable or its switch port. */
    LINK,
    /** All hosts of a rack at once, such as its power feed. */
    RACK,
    /** The whole job: its software, or a service that it needs. */
    JOB
}
