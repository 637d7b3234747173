package dev.altiplano.planner.simulation;

import java.util.Locale;

/** How a run keeps below a power cap. */
public enum CapPolicy {
    /** Every GPU runs slower. */
    CAP_GPUS,
    /** A checkpoint just before the window, then idle nodes until it ends. */
    PAUSE,
    /** Whole replicas idle, the others run at full speed. */
    SHRINK;

    /** As written in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
