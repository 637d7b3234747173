package dev.altiplano.planner.site;

import dev.altiplano.planner.quantity.FacilityPower;
import java.util.Arrays;

/** Power at the meter over time, constant between given moments. Immutable. */
public final class PowerCurve {
    private final double[] startSeconds;
    private final double[] watts;
    private final double endSeconds;

    /** joules[i] is the energy before the level i. */
    private final double[] joules;

    /**
     * Throws {@link IllegalArgumentException} if the times do not rise or a power is negative.
     *
     * @param startSeconds when each level begins, rising; at least one
     * @param watts of each level
     * @param endSeconds of the last level, after its start
     */
    public PowerCurve(double[] startSeconds, double[] watts, double endSeconds) {
        if (startSeconds.length == 0 || startSeconds.length != watts.length) {
            throw new IllegalArgumentException(
                    "%d starts and %d levels: a curve needs one start for each level, at least one"
                            .formatted(startSeconds.length, watts.length));
        }
        this.startSeconds = startSeconds.clone();
        this.watts = watts.clone();
        this.endSeconds = endSeconds;
        this.joules = new double[watts.length + 1];
        for (int i = 0; i < watts.length; i++) {
            double seconds = endOf(i) - this.startSeconds[i];
            if (!(seconds > 0) || !(watts[i] >= 0) || Double.isInfinite(watts[i] * seconds)) {
                throw new IllegalArgumentException(
                        "level %d: %s W for %s s".formatted(i, watts[i], seconds));
            }
            joules[i + 1] = joules[i] + watts[i] * seconds;
        }
    }

    private double endOf(int level) {
        return level + 1 < startSeconds.length ? startSeconds[level + 1] : endSeconds;
    }

    public double fromSeconds() {
        return startSeconds[0];
    }

    public double untilSeconds() {
        return endSeconds;
    }

    /** When the power may change. */
    double[] startsSeconds() {
        return startSeconds.clone();
    }

    public double joules() {
        return joules[watts.length];
    }

    public double kilowattHours() {
        return joules() / 3.6e6;
    }

    /** Between two moments; outside the curve nothing is drawn. */
    public double joules(double from, double until) {
        return joulesUntil(until) - joulesUntil(from);
    }

    private double joulesUntil(double seconds) {
        if (seconds <= startSeconds[0]) {
            return 0;
        }
        int found = Arrays.binarySearch(startSeconds, seconds);
        int level = found >= 0 ? found : -found - 2;
        double inside = Math.min(seconds, endSeconds) - startSeconds[level];
        return joules[level] + watts[level] * inside;
    }

    public FacilityPower mean() {
        return new FacilityPower(joules() / (endSeconds - startSeconds[0]));
    }

    public FacilityPower peak() {
        return new FacilityPower(Arrays.stream(watts).max().orElseThrow());
    }

    /** At {@code seconds}, which lies in the curve. */
    public FacilityPower at(double seconds) {
        int found = Arrays.binarySearch(startSeconds, seconds);
        return new FacilityPower(watts[found >= 0 ? found : -found - 2]);
    }

    /** The largest change from one level to the next. */
    public double largestStepWatts() {
        double largest = 0;
        for (int i = 1; i < watts.length; i++) {
            largest = Math.max(largest, Math.abs(watts[i] - watts[i - 1]));
        }
        return largest;
    }

    /** Joules of each token of a run that trained on {@code tokens}, stops and spares included. */
    public double joulesPerToken(double tokens) {
        return joules() / tokens;
    }
}
