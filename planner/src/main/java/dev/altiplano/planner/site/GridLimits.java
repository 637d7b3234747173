package dev.altiplano.planner.site;

import dev.altiplano.planner.quantity.FacilityPower;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the grid tolerates beside a cap; each limit may be missing.
 *
 * @param rampWattsPerSecond largest change, as of 10 MW/min
 * @param rangeWatts largest swing between two levels
 * @param oscillationWatts largest amplitude between 0.1 and 20 Hz
 */
public record GridLimits(
        OptionalDouble rampWattsPerSecond,
        OptionalDouble rangeWatts,
        OptionalDouble oscillationWatts) {

    /** One limit beside what it limits. */
    public record Finding(String what, double value, double limit, String unit) {
        public boolean isKept() {
            return value <= limit;
        }
    }

    /**
     * Each limit against a fleet whose steps follow {@code pattern} and whose stop falls from its
     * highest power to {@code stopped} within {@code stopSeconds}.
     */
    public List<Finding> check(StepPattern pattern, FacilityPower stopped, double stopSeconds) {
        double stop = pattern.highest().minus(stopped).watts();
        List<Finding> findings = new ArrayList<>();
        rampWattsPerSecond.ifPresent(
                limit ->
                        findings.add(
                                new Finding("ramp at a stop", stop / stopSeconds, limit, "W/s")));
        rangeWatts.ifPresent(
                limit ->
                        findings.add(
                                new Finding(
                                        "dynamic range",
                                        Math.max(stop, pattern.swingWatts()),
                                        limit,
                                        "W")));
        Optional<StepPattern.Oscillation> strongest = pattern.strongestInBand();
        oscillationWatts.ifPresent(
                limit ->
                        findings.add(
                                new Finding(
                                        "oscillation, 0.1 to 20 Hz",
                                        strongest
                                                .map(StepPattern.Oscillation::amplitudeWatts)
                                                .orElse(0.0),
                                        limit,
                                        "W")));
        return findings;
    }

    /** Shortest time from one power to another; 0 without a limit. */
    public double rampSeconds(FacilityPower from, FacilityPower to) {
        double change = Math.abs(to.minus(from).watts());
        return rampWattsPerSecond.isPresent() ? change / rampWattsPerSecond.getAsDouble() : 0;
    }
}
