package dev.altiplano.planner.reliability;

/**
 * The share of wall-clock time that trains and is kept, for exponential failures. The exact form is
 * the one to use; the first-order value is printed beside it and is too dark for large jobs.
 *
 * @param mttiSeconds mean time to interruption M; may be infinite
 * @param restartSeconds u0, from the fault to training again
 * @param intervalSeconds τ, training between two checkpoints
 * @param stallSeconds w, training time lost to one checkpoint
 */
public record EffectiveTime(
        double mttiSeconds, double restartSeconds, double intervalSeconds, double stallSeconds) {

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

    /** {@code (1 - (u0 + τ/2)/M) / (1 + w/τ)}, never below zero. Source: REL (arXiv 2410.21680). */
    public double firstOrder() {
        double lost = (restartSeconds + intervalSeconds / 2) / mttiSeconds;
        return Math.max(0, (1 - lost) * checkpointShare());
    }

    /**
     * {@code τ / (M e^{u0/M} (e^{(τ+w)/M} - 1))}: failures also strike during checkpoints and
     * restarts. Without failures {@code 1/(1 + w/τ)}. Source: Daly 2006.
     */
    public double exact() {
        if (Double.isInfinite(mttiSeconds)) {
            return checkpointShare();
        }
        double segment = Math.expm1((intervalSeconds + stallSeconds) / mttiSeconds);
        double wall = mttiSeconds * Math.exp(restartSeconds / mttiSeconds) * segment;
        return intervalSeconds / wall;
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
        if (Double.isInfinite(mttiSeconds)) {
            return 1 - checkpointShare();
        }
        double stall =
                Math.exp(-intervalSeconds / mttiSeconds) * -Math.expm1(-stallSeconds / mttiSeconds);
        double segment = -Math.expm1(-(intervalSeconds + stallSeconds) / mttiSeconds);
        return boundByRestart() * stall / segment;
    }

    /** The share of the wall clock in work that a failure threw away. */
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
