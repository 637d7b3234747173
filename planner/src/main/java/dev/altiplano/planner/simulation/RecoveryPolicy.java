package dev.altiplano.planner.simulation;

/** What happens after an unexpected stop. */
public enum RecoveryPolicy {
    /** A spare is provisioned cold, all ranks start from the last checkpoint. */
    RESTART,
    /** A running spare takes the place, all ranks start from the last checkpoint. */
    HOT_SPARE,
    /** A running spare copies its state from a peer: only the step in flight is lost. */
    IN_PLACE,
    /** The failed replica is left out; it joins again at a step boundary once it is whole. */
    ELASTIC,
    /** The run ends at the first stop. */
    NONE
}
