package dev.altiplano.planner.reliability;

/**
 * The share of wall-clock time that trains and is kept, for exponential failures. The exact form is
 * the one to use; the first-order value is printed beside it and is too dark for large jobs.
 *
 * <p>Two kinds of stops add up to 1/M: those after which the job goes back to its checkpoint, 1/R,
 * and those after which a peer's copy of the state leaves only the step in flight to do again, 1/N.
 * The second kind stretches a segment: a step takes {@code N (e^{s/N} - 1)}, as does a stall. With
 * R = M all forms are the published ones.
 *
 * @param mttiSeconds mean time to interruption M; may be infinite
 * @param restartSeconds u0, from the fault to training again
 * @param intervalSeconds τ, training between two checkpoints
 * @param stallSeconds w, training time lost to one checkpoint
 * @param rollbackMttiSeconds R, mean time between stops that go back to a checkpoint: M or more
 * @param stepSeconds s, one training step; of no effect where R = M
 */
public record EffectiveTime(
        double mttiSeconds,
        double restartSeconds,
        double intervalSeconds,
        double stallSeconds,
        double rollbackMttiSeconds,
        double stepSeconds) {

    /** Every stop goes back to the checkpoint. */
    public EffectiveTime(
            double mttiSeconds,
            double restartSeconds,
            double intervalSeconds,
            double stallSeconds) {
        this(mttiSeconds, restartSeconds, intervalSeconds, stallSeconds, mttiSeconds, 0);
    }

    /** With Daly's interval. The stall must be above zero, or no finite interval is best. */
    public static EffectiveTime atDalyInterval(
            double mttiSeconds, double restartSeconds, double stallSeconds) {
        return new EffectiveTime(
                mttiSeconds,
                restartSeconds,
                CheckpointInterval.dalySeconds(stallSeconds, mttiSeconds),
                stallSeconds);
    }

    /** With Young's interval. */
    public static EffectiveTime atYoungInterval(
            double mttiSeconds, double restartSeconds, double stallSeconds) {
        return new EffectiveTime(
                mttiSeconds,
                restartSeconds,
                CheckpointInterval.youngSeconds(stallSeconds, mttiSeconds),
                stallSeconds);
    }

    /**
     * {@code (1 - u0/M - τ/2R - s/2N) / (1 + w/τ)}, never below zero. Source: REL (arXiv
     * 2410.21680), for N infinite.
     */
    public double firstOrder() {
        double lost =
                restartSeconds / mttiSeconds
                        + intervalSeconds / 2 / rollbackMttiSeconds
                        + stepSeconds / 2 * inPlacePerSecond();
        return Math.max(0, (1 - lost) * checkpointShare());
    }

    /** 1/N: stops a second after which only the step in flight is lost. */
    public double inPlacePerSecond() {
        return Math.max(0, 1 / mttiSeconds - 1 / rollbackMttiSeconds);
    }

    /**
     * {@code τ / (R e^{u0/M} (e^{(τ'+w')/R} - 1))}, with τ and w as stops of the second kind
     * stretch them: failures also strike during checkpoints and restarts. Without failures {@code
     * 1/(1 + w/τ)}. Source: Daly 2006, for R = M.
     */
    public double exact() {
        if (Double.isInfinite(intervalSeconds)) {
            return Double.isInfinite(rollbackMttiSeconds) ? boundByRestart() * stepShare() : 0;
        }
        return boundByRestart() * intervalSeconds / operationSeconds();
    }

    /** What a segment with its checkpoint takes without the ways back: {@code R(e^{..} - 1)}. */
    private double operationSeconds() {
        double segment = segmentSeconds();
        return Double.isInfinite(rollbackMttiSeconds)
                ? segment
                : rollbackMttiSeconds * Math.expm1(segment / rollbackMttiSeconds);
    }

    /** τ' + w', training and checkpoint of one segment as stops of the second kind stretch them. */
    public double segmentSeconds() {
        return trainingSeconds() + stretched(stallSeconds);
    }

    /** τ': the steps of a segment, with those that a stop of the second kind cuts short. */
    private double trainingSeconds() {
        return intervalSeconds / stepShare();
    }

    private double stepShare() {
        return stepSeconds > 0 ? stepSeconds / stretched(stepSeconds) : 1;
    }

    /** {@code N (e^{x/N} - 1)}: what x takes if a stop makes it begin anew. */
    private double stretched(double seconds) {
        double rate = inPlacePerSecond();
        return rate > 0 ? Math.expm1(seconds * rate) / rate : seconds;
    }

    /** The bound for free checkpoints: {@code e^{-u0/M}}. */
    public double boundByRestart() {
        return Math.exp(-restartSeconds / mttiSeconds);
    }

    /**
     * The share of the wall clock on the way back, {@code 1 - e^{-u0/M}}: the chance that the last
     * failure is less than u0 ago. A restart that a failure cuts short begins anew.
     */
    public double restartShare() {
        return -Math.expm1(-restartSeconds / mttiSeconds);
    }

    /** The share of the wall clock in checkpoint stalls, those of segments that failed included. */
    public double stallShare() {
        if (Double.isInfinite(intervalSeconds)) {
            return 0;
        }
        double stall = stretched(stallSeconds);
        if (Double.isInfinite(rollbackMttiSeconds)) {
            return boundByRestart() * stall / segmentSeconds();
        }
        double reached =
                Math.exp(-trainingSeconds() / rollbackMttiSeconds)
                        * -Math.expm1(-stall / rollbackMttiSeconds);
        double segment = -Math.expm1(-segmentSeconds() / rollbackMttiSeconds);
        return boundByRestart() * reached / segment;
    }

    /** The share of the wall clock in work that a failure threw away, whole steps or parts. */
    public double rolledBackShare() {
        return Math.max(0, 1 - exact() - restartShare() - stallShare());
    }

    /**
     * Training over training and checkpoints, {@code 1 / (1 + w/τ)}: all that is left if nothing
     * fails.
     */
    public double checkpointShare() {
        return Double.isInfinite(intervalSeconds) ? 1 : 1 / (1 + stallSeconds / intervalSeconds);
    }
}
