package dev.altiplano.planner.report;

import java.util.Optional;

/** What the numbers of a {@link PowerQuestion} may be. */
enum PowerRange {
    GPUS("gpus", 1, 10_000_000, ""),
    /** In megawatts. */
    CAP("cap", 0.001, 100_000, " MW"),
    PUE("pue", 1, 3, "");

    private final String key;
    private final double low;
    private final double high;
    private final String unit;

    PowerRange(String key, double low, double high, String unit) {
        this.key = key;
        this.low = low;
        this.high = high;
        this.unit = unit;
    }

    /** As in the form and in messages. */
    String key() {
        return key;
    }

    double high() {
        return high;
    }

    /** False for what is not a number, too. */
    boolean holds(double value) {
        return value >= low && value <= high;
    }

    /** What is wrong with {@code value}, for the reader; empty if nothing is. */
    Optional<String> problem(Texts texts, double value) {
        if (holds(value)) {
            return Optional.empty();
        }
        String found =
                Double.isFinite(value)
                        ? texts.significant(value, 6)
                        : texts.text("problem.no.number");
        return Optional.of(
                texts.text(
                        "problem.range",
                        texts.text("form." + key),
                        found,
                        texts.significant(low, 6),
                        texts.significant(high, 6)));
    }

    String allowed() {
        return Html.coordinate(low) + " to " + Html.coordinate(high) + unit;
    }
}
