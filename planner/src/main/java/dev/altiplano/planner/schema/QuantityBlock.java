package dev.altiplano.planner.schema;

import dev.altiplano.planner.file.Value;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.Amount;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.Numbers;
import dev.altiplano.planner.quantity.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A quantity as files write it: {@code 989 TFLOP/s}, or {@code {value: 989 TFLOP/s, grade: stated,
 * source: TTN}}, or with {@code low}, {@code likely} and {@code high} in the place of {@code
 * value}.
 */
public final class QuantityBlock {
    static final List<String> KEYS =
            List.of("value", "low", "likely", "high", "grade", "source", "date");

    /** Where a value comes from when it does not say so itself. */
    public record Origin(Grade grade, String source, String date) {}

    /** Whether a single value stands for its rounding, as a published one, or for itself. */
    public enum SingleValue {
        ROUNDED,
        EXACT
    }

    private QuantityBlock() {}

    /** As a plan would write it. */
    static String written(Quantity quantity) {
        String unit = quantity.unit().symbol().isEmpty() ? "" : " " + quantity.unit();
        String likely = Numbers.text(quantity.likely()) + unit;
        boolean bandIsRounding = Numbers.text(quantity.low()).equals(Numbers.text(quantity.high()));
        return bandIsRounding
                ? likely
                : "{low: %s%s, likely: %s, high: %s%s}"
                        .formatted(
                                Numbers.text(quantity.low()),
                                unit,
                                likely,
                                Numbers.text(quantity.high()),
                                unit);
    }

    /** Reads a value that {@link Checker} found to be in order; throws its first problem. */
    public static Quantity read(
            Value value, Shape.Numeric shape, Supplier<Origin> otherwise, SingleValue single) {
        if (!(value instanceof Value.Mapping mapping)) {
            Origin origin = otherwise.get();
            return of(NumberReader.read(value, shape), single, shape, origin);
        }
        checkKeys(mapping);
        Origin origin = origin(mapping, otherwise);
        Value only = mapping.entries().get("value");
        if (only != null) {
            return of(NumberReader.read(only, shape), single, shape, origin);
        }
        double[] band = new double[3];
        List<String> points = KEYS.subList(1, 4);
        for (int i = 0; i < band.length; i++) {
            band[i] = NumberReader.read(part(mapping, points.get(i)), shape).value();
        }
        if (band[0] > band[1] || band[1] > band[2]) {
            throw refused(mapping, ErrorCode.E005, "low, likely and high are out of order");
        }
        return new Quantity(
                band[0],
                band[1],
                band[2],
                shape.unit(),
                origin.grade(),
                origin.source(),
                origin.date());
    }

    private static Quantity of(
            Amount amount, SingleValue single, Shape.Numeric shape, Origin origin) {
        double half = single == SingleValue.ROUNDED ? amount.roundingHalf() : 0;
        return new Quantity(
                amount.value() - half,
                amount.value(),
                amount.value() + half,
                shape.unit(),
                origin.grade(),
                origin.source(),
                origin.date());
    }

    private static void checkKeys(Value.Mapping mapping) {
        for (var entry : mapping.entries().entrySet()) {
            if (!KEYS.contains(entry.getKey())) {
                throw new PlannerException(
                        Checker.unknownKey(entry.getKey(), entry.getValue().place(), KEYS));
            }
        }
    }

    private static Value part(Value.Mapping mapping, String key) {
        Value part = mapping.entries().get(key);
        if (part == null) {
            throw refused(
                    mapping, ErrorCode.E004, "a quantity needs value, or low, likely and high");
        }
        return part;
    }

    private static Origin origin(Value.Mapping mapping, Supplier<Origin> otherwise) {
        Origin base = otherwise.get();
        Grade grade = text(mapping, "grade").map(word -> grade(mapping, word)).orElse(base.grade());
        return new Origin(
                grade,
                text(mapping, "source").orElse(base.source()),
                text(mapping, "date").orElse(base.date()));
    }

    private static Optional<String> text(Value.Mapping mapping, String key) {
        return mapping.entries().get(key) instanceof Value.Scalar scalar
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    private static Grade grade(Value.Mapping mapping, String word) {
        return Arrays.stream(Grade.values())
                .filter(grade -> grade.toString().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () ->
                                refused(
                                        mapping,
                                        ErrorCode.E005,
                                        "grade '%s' is none of %s"
                                                .formatted(word, List.of(Grade.values()))));
    }

    private static PlannerException refused(Value value, ErrorCode code, String message) {
        return new PlannerException(Problem.of(code, message).at(value.place()));
    }
}
