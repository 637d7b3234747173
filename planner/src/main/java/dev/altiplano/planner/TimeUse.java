package dev.altiplano.planner;

/** What the wall clock of a run goes to. Together these are all of it. */
public enum TimeUse {
    KEPT("training that counts, as at full speed"),
    BELOW_SPEED("training below full speed: what a cap, slow links and missing nodes take"),
    CHECKPOINTS("stalls of checkpoints"),
    RESTARTS("way back from unexpected stops"),
    ROLLED_BACK("work since the last checkpoint, done again"),
    CORRUPTED("work that silent corruption made worthless"),
    PLANNED("planned stops"),
    CURTAILED("stops for a curtailment"),
    WAITING("waiting for a spare");

    private final String title;

    TimeUse(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
