package dev.altiplano.planner.simulation;

/** Adds up the power curve as it is drawn: energy, peak, demand of whole quarter hours, steps. */
final class PowerMeter {
    private final HourlyRates rates;
    private double gridKilograms;
    private double gridUsd;
    private double watts;
    private double joules;
    private double peakWatts;
    private double largestStepWatts;
    private double windowJoules;
    private double demandWatts;
    private boolean hasBegun;

    PowerMeter(HourlyRates rates) {
        this.rates = rates;
    }

    double watts() {
        return watts;
    }

    /** From now on the run draws {@code newWatts}. */
    void set(double newWatts) {
        if (hasBegun) {
            largestStepWatts = Math.max(largestStepWatts, Math.abs(newWatts - watts));
        }
        hasBegun = true;
        watts = newWatts;
    }

    /** The present power holds between two moments. */
    void hold(long fromMicros, long toMicros) {
        if (toMicros == fromMicros) {
            return;
        }
        peakWatts = Math.max(peakWatts, watts);
        joules += watts * Times.seconds(toMicros - fromMicros);
        if (!rates.isEmpty()) {
            HourlyRates.Use use = rates.of(watts, fromMicros, toMicros);
            gridKilograms += use.kilograms();
            gridUsd += use.usd();
        }
        long windowEnd = (fromMicros / Times.QUARTER_HOUR + 1) * Times.QUARTER_HOUR;
        if (toMicros < windowEnd) {
            windowJoules += watts * Times.seconds(toMicros - fromMicros);
            return;
        }
        windowJoules += watts * Times.seconds(windowEnd - fromMicros);
        closeWindow();
        long lastWindow = toMicros / Times.QUARTER_HOUR * Times.QUARTER_HOUR;
        if (lastWindow > windowEnd) {
            demandWatts = Math.max(demandWatts, watts);
        }
        windowJoules = watts * Times.seconds(toMicros - lastWindow);
    }

    /** The power figures of a run that ended at {@code wallMicros}. */
    RunResult.Power result(long wallMicros) {
        if (wallMicros < Times.QUARTER_HOUR) {
            demandWatts = joules / Times.seconds(wallMicros);
        }
        return new RunResult.Power(
                joules, peakWatts, demandWatts, largestStepWatts, gridKilograms, gridUsd);
    }

    private void closeWindow() {
        demandWatts = Math.max(demandWatts, windowJoules / Times.seconds(Times.QUARTER_HOUR));
        windowJoules = 0;
    }
}
