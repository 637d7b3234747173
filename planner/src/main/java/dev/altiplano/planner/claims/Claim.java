package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Boundary;
import java.util.Optional;

/**
 * A claim as it was made.
 *
 * @param id short name, or empty
 * @param quantity what is claimed: {@code power}, {@code growth}; empty in a bare sentence
 * @param value as printed, or empty if {@code subject} is a whole sentence
 * @param subject what the value is of, as an expression: {@code 100000 h100}; or a whole sentence
 * @param source who says it, or empty
 */
public record Claim(
        String id,
        String quantity,
        String value,
        String unit,
        Optional<Boundary> boundary,
        Optional<String> period,
        String subject,
        String source) {

    public static Claim sentence(String text) {
        return new Claim("", "", "", "", Optional.empty(), Optional.empty(), text, "");
    }

    /** The same claim about a period, if there is one. */
    Claim during(Optional<String> newPeriod) {
        return new Claim(id, quantity, value, unit, boundary, newPeriod, subject, source);
    }

    /** The claim in one line. */
    public String text() {
        if (value.isEmpty()) {
            return subject;
        }
        String where =
                boundary.map(b -> " " + b.name().toLowerCase(java.util.Locale.ROOT)).orElse("");
        return subject + " = " + value + " " + unit + where;
    }
}
