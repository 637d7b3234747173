package dev.altiplano.planner.reliability;

/** How long to train between two checkpoints, for a stall and a mean time to interruption. */
public final class CheckpointInterval {
    private CheckpointInterval() {}

    /** {@code sqrt(2 w M)}. Source: Young 1974. */
    public static double youngSeconds(double stallSeconds, double mttiSeconds) {
        return Math.sqrt(2 * stallSeconds * mttiSeconds);
    }

    /**
     * The optimum of the exact form, to the second: {@code sqrt(2wM) [1 + sqrt(w/2M)/3 + (w/2M)/9]
     * - w} for {@code w < 2M}, else {@code M}. Source: Daly 2006, equation 37.
     */
    public static double dalySeconds(double stallSeconds, double mttiSeconds) {
        if (stallSeconds >= 2 * mttiSeconds) {
            return mttiSeconds;
        }
        double ratio = stallSeconds / (2 * mttiSeconds);
        return youngSeconds(stallSeconds, mttiSeconds) * (1 + Math.sqrt(ratio) / 3 + ratio / 9)
                - stallSeconds;
    }
}
