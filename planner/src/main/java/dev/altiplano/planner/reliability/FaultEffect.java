package dev.altiplano.planner.reliability;

/** What a fault does to a running job. */
public enum FaultEffect {
    /** The host leaves the job and goes to repair; the job stops. */
    NODE_LOST,
    /** The host's link is cut or, with redundant links, slow. */
    LINK_DOWN,
    /** Every host of the rack leaves for the length of the outage; the job stops. */
    RACK_DOWN,
    /** The job's processes die; no host is lost. */
    JOB_DIES,
    /** Wrong numbers, noticed only later: the job must go back to before they arose. */
    SILENT_CORRUPTION
}
