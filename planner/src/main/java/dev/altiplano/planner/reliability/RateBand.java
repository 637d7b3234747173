package dev.altiplano.planner.reliability;

/**
 * Stops per hour of a job with the band that counting leaves: low and high are the 10 % and 90 %
 * points of a Poisson count, in the normal approximation. A rate without a count has no band.
 *
 * <p>Below {@link #LINEAR_GPUS} both ends move out by a factor of {@link #SMALL_JOB_FACTOR}: REL
 * measured 7.9 h between stops at 1,024 GPUs where its own rate gives 28.8 h, since small jobs die
 * of other things.
 */
public record RateBand(double lowPerHour, double likelyPerHour, double highPerHour) {
    /** From this size on rates are scaled linearly without a wider band. */
    public static final double LINEAR_GPUS = 4_000;

    /** How far each end of the band moves out for small jobs. */
    public static final double SMALL_JOB_FACTOR = 4;

    private static final double NORMAL_P90 = 1.2815515655446004;

    public static RateBand of(FailureProfile profile, double gpus) {
        double likely = profile.stopsPerHour(gpus);
        double stops = profile.unexpectedStops();
        double spread =
                stops == 0 || profile.evidence() == Evidence.GIVEN
                        ? 0
                        : NORMAL_P90 / Math.sqrt(stops);
        double widening = gpus < LINEAR_GPUS ? SMALL_JOB_FACTOR : 1;
        return new RateBand(
                likely * Math.max(0, 1 - spread) / widening,
                likely,
                likely * (1 + spread) * widening);
    }

    /** The band of the mean time to interruption: the rates turned over. */
    public double lowMttiHours() {
        return 1 / highPerHour;
    }

    public double highMttiHours() {
        return 1 / lowPerHour;
    }
}
