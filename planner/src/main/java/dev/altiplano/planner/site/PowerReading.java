package dev.altiplano.planner.site;

/** What "the power of a cluster" may mean, from least to most. */
public enum PowerReading {
    /** Accelerators at rated power, hosts forgotten. */
    ACCELERATORS_ONLY("GPUs at TDP only"),
    /** Nodes as measured in training. */
    TYPICAL("node typical while training"),
    /** The highest that was measured in training. */
    MEASURED_MAXIMUM("node at measured maximum"),
    /** Nodes at rated power, as a site is built. */
    RATED("node rated");

    private final String title;

    PowerReading(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
