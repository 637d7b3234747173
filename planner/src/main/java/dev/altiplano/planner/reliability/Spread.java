package dev.altiplano.planner.reliability;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;

/**
 * A duration as 10 % point, most likely value and 90 % point, drawn from the triangular
 * distribution that has them and cut at zero. Low = likely = high is a constant.
 *
 * @param lowSeconds the 10 % point
 */
public record Spread(double lowSeconds, double likelySeconds, double highSeconds) {
    /** Detection and diagnosis (MGS: under 10 minutes). */
    public static final Spread DETECT = minutes(1, 4, 10);

    /** Communicator set-up (MGS: under 5 s at 2,048 GPUs, under 30 s above 10,000). */
    public static final Spread COMMUNICATOR = new Spread(5, 20, 30);

    /** A spare that runs already takes the place (assumed). */
    public static final Spread HOT_SWAP = minutes(1, 2, 5);

    /** A spare is booted and provisioned (assumed). */
    public static final Spread COLD_REPLACEMENT = minutes(10, 20, 60);

    /** Parts are changed (assumed). */
    public static final Spread REPAIR = hours(24, 48, 168);

    /** A node that only needs a reset and a test (assumed). */
    public static final Spread RESET = minutes(5, 10, 30);

    public static final Spread ZERO = constant(0);

    private static final double TENTH = 0.1;
    private static final int ROUNDS = 60;

    public Spread {
        boolean ordered = 0 <= lowSeconds && lowSeconds <= likelySeconds;
        if (!(ordered && likelySeconds <= highSeconds && highSeconds < Double.POSITIVE_INFINITY)) {
            throw new PlannerException(
                    ErrorCode.E401,
                    "duration %s / %s / %s s: expected 0 <= low <= likely <= high"
                            .formatted(lowSeconds, likelySeconds, highSeconds));
        }
    }

    public static Spread constant(double seconds) {
        return new Spread(seconds, seconds, seconds);
    }

    public static Spread minutes(double low, double likely, double high) {
        return new Spread(low * 60, likely * 60, high * 60);
    }

    public static Spread hours(double low, double likely, double high) {
        return minutes(low * 60, likely * 60, high * 60);
    }

    /** The same spread, each point times {@code factor}. */
    public Spread times(double factor) {
        return new Spread(lowSeconds * factor, likelySeconds * factor, highSeconds * factor);
    }

    /** The mean of the triangle, before the cut at zero. */
    public double meanSeconds() {
        Sides sides = sides();
        return likelySeconds + (sides.above - sides.below) / 3;
    }

    /** The value at {@code share} of the distribution, 0 to 1. The same bits on every platform. */
    public double quantileSeconds(double share) {
        Sides sides = sides();
        double width = sides.below + sides.above;
        double value =
                share * width < sides.below
                        ? likelySeconds - sides.below + root(share * width * sides.below)
                        : likelySeconds + sides.above - root((1 - share) * width * sides.above);
        return Math.max(0, value);
    }

    /** Both ends of the triangle: each lies sqrt(0.1 width side) beyond its 10 % point. */
    private Sides sides() {
        double left = likelySeconds - lowSeconds;
        double right = highSeconds - likelySeconds;
        double below = left;
        double above = right;
        for (int round = 0; round < ROUNDS && left + right > 0; round++) {
            double width = below + above;
            double nextBelow = left == 0 ? 0 : left + root(TENTH * width * below);
            double nextAbove = right == 0 ? 0 : right + root(TENTH * width * above);
            if (nextBelow == below && nextAbove == above) {
                break;
            }
            below = nextBelow;
            above = nextAbove;
        }
        return new Sides(below, above);
    }

    private static double root(double value) {
        return StrictMath.sqrt(value);
    }

    private record Sides(double below, double above) {}
}
