package dev.altiplano.planner.fleet;

/** How likely a Poisson count as high as the one seen is. */
final class PoissonTail {
    /** Below this a tail counts as none: far under any chance that a fleet asks for. */
    private static final double LOG_NEGLIGIBLE = Math.log(1e-30);

    private PoissonTail() {}

    /**
     * {@code P(X >= count)} for a Poisson X. The terms are summed upwards from {@code count}, so a
     * small tail keeps its digits; at or below the mean the answer is 1, an upper bound.
     *
     * @param mean above zero
     */
    static double atLeast(int count, double mean) {
        if (count <= mean) {
            return 1;
        }
        double logTerm = -mean;
        for (int k = 1; k <= count; k++) {
            logTerm += Math.log(mean / k);
            if (k > mean && logTerm < LOG_NEGLIGIBLE) {
                return 0;
            }
        }
        double term = Math.exp(logTerm);
        double tail = 0;
        for (double k = count; tail + term > tail; k++) {
            tail += term;
            term *= mean / (k + 1);
        }
        return tail;
    }
}
