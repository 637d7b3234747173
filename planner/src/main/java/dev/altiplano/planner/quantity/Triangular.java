package dev.altiplano.planner.quantity;

/**
 * The triangular distribution with a given 10 % point, mode and 90 % point.
 *
 * @param left smallest value
 * @param mode most probable value
 * @param right largest value
 */
public record Triangular(double left, double mode, double right) {
    private static final double TAIL = 0.1;

    /** The iteration below gains about one bit a round. */
    private static final int ROUNDS = 200;

    /**
     * Solves for the ends. With x and y their distances from the mode, the tails of 10 % give
     * {@code x = a + sqrt(0.1 (x + y) x)} and {@code y = b + sqrt(0.1 (x + y) y)}, a and b being
     * the distances of the two points; iterating from above converges.
     */
    public static Triangular ofPoints(double p10, double mode, double p90) {
        double a = mode - p10;
        double b = p90 - mode;
        double x = 2 * (a + b);
        double y = x;
        for (int i = 0; i < ROUNDS && x + y > 0; i++) {
            double width = TAIL * (x + y);
            double nextX = a + Math.sqrt(width * x);
            y = b + Math.sqrt(width * y);
            x = nextX;
        }
        return new Triangular(mode - x, mode, mode + y);
    }

    /** The value below which a share {@code p} of 0 to 1 lies. */
    public double quantile(double p) {
        double width = right - left;
        if (!(width > 0)) {
            return mode;
        }
        double split = (mode - left) / width;
        return p < split
                ? left + Math.sqrt(p * width * (mode - left))
                : right - Math.sqrt((1 - p) * width * (right - mode));
    }
}
