package dev.altiplano.planner.reliability;

/** What stands behind a profile's rates. */
public enum Evidence {
    /** Stops were counted, so the rates are as sure as a Poisson count. */
    COUNTED,
    /** The rates were given as such; how many stops they rest on is not known. */
    GIVEN
}
