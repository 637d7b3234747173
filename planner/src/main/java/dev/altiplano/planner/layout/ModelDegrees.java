package dev.altiplano.planner.layout;

/** How one copy of the model is divided; data parallelism multiplies it. */
record ModelDegrees(int tp, int cp, int pp, int ep, int expertTp) {
    /** Whether {@code dp} copies hold a whole number of expert groups. */
    boolean expertsDivide(int dp) {
        return (long) dp * cp * tp % ((long) ep * expertTp) == 0;
    }
}
