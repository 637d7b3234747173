package dev.altiplano.planner.reliability;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;

/** How many spare nodes a job needs, with failures as a Poisson process. */
public final class Spares {
    /** The chance of running out that the planner accepts unless told otherwise. */
    public static final double DEFAULT_EPSILON = 0.01;

    /** Nodes that may be in repair on average: 10 million GPUs in hosts of eight, and more. */
    private static final double MEAN_MAX = 10_000_000;

    private Spares() {}

    /**
     * The smallest S with {@code P(Poisson(λ T) > S) <= ε}: nodes in repair at one time, since the
     * number in repair is Poisson with that mean whatever the spread of repair times.
     *
     * @param lossesPerHour λ, nodes that leave
     * @param repairHours T, mean time away
     * @param epsilon between 0 and 1
     */
    public static int needed(double lossesPerHour, double repairHours, double epsilon) {
        double mean = lossesPerHour * repairHours;
        if (!(mean >= 0) || mean > MEAN_MAX) {
            throw new PlannerException(
                    ErrorCode.E401,
                    "spares: %s nodes in repair on average, expected 0 to %.0f"
                            .formatted(mean, MEAN_MAX));
        }
        if (!(epsilon > 0 && epsilon < 1)) {
            throw new PlannerException(
                    ErrorCode.E401, "spares: epsilon %s is not between 0 and 1".formatted(epsilon));
        }
        // Summed outwards from the mode, in units of the largest term, so that nothing underflows.
        int mode = (int) mean;
        double total = 1;
        double term = 1;
        for (int k = mode; k > 0 && term > 1e-18; k--) {
            term *= k / mean;
            total += term;
        }
        double upTo = total;
        term = 1;
        int last = mode;
        while (term > 1e-18) {
            last++;
            term *= mean / last;
            total += term;
        }
        return smallest(mean, mode, upTo / total, total, epsilon);
    }

    /** Walks from the mode to the first S whose tail is small enough. */
    private static int smallest(
            double mean, int mode, double shareUpToMode, double total, double epsilon) {
        int spares = mode;
        double term = 1 / total;
        double tail = 1 - shareUpToMode;
        while (tail > epsilon) {
            spares++;
            term *= mean / spares;
            tail -= term;
        }
        while (spares > 0 && spares <= mode && tail + term <= epsilon) {
            tail += term;
            term *= spares / mean;
            spares--;
        }
        return spares;
    }
}
