package dev.altiplano.planner.reliability;

/** How the rate of job-wide faults moves with the size of the job. */
public enum JobScaling {
    /** In proportion to the GPUs: the specification's default. */
    WITH_GPUS,
    /** As in the observed run, whatever the size. */
    CONSTANT
}
