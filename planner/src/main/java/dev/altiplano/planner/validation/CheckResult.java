package dev.altiplano.planner.validation;

import java.util.OptionalDouble;

/**
 * One line of the error table.
 *
 * @param value what we compute
 * @param published what the source prints; empty where it gives only a bound
 * @param tolerance what the value may be off
 * @param note why a published value is flagged, or what a check assumes
 */
public record CheckResult(
        String caseId,
        String checkId,
        double value,
        OptionalDouble published,
        String unit,
        String tolerance,
        Verdict verdict,
        String note) {

    /** Relative error; empty without a published value. */
    public OptionalDouble error() {
        return published.isPresent()
                ? OptionalDouble.of(value / published.getAsDouble() - 1)
                : OptionalDouble.empty();
    }
}
