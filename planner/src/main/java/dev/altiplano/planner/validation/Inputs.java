package dev.altiplano.planner.validation;

import dev.altiplano.planner.file.Value;
import java.util.List;
import java.util.OptionalDouble;

/** The inputs of one check, by the names that the case file gives them. */
final class Inputs {
    private final Value.Mapping values;

    Inputs(Value.Mapping values) {
        this.values = values;
    }

    double number(String name) {
        return optional(name).orElseThrow(() -> new IllegalArgumentException("no input " + name));
    }

    double number(String name, double otherwise) {
        return optional(name).orElse(otherwise);
    }

    OptionalDouble optional(String name) {
        return values.entries().get(name) instanceof Value.Scalar scalar
                ? OptionalDouble.of(Double.parseDouble(scalar.text()))
                : OptionalDouble.empty();
    }

    int whole(String name) {
        return Math.toIntExact(Math.round(number(name)));
    }

    int whole(String name, int otherwise) {
        return Math.toIntExact(Math.round(number(name, otherwise)));
    }

    boolean flag(String name, boolean otherwise) {
        return values.entries().get(name) instanceof Value.Scalar scalar
                ? scalar.text().equals("true")
                : otherwise;
    }

    String text(String name, String otherwise) {
        return values.entries().get(name) instanceof Value.Scalar scalar
                ? scalar.text()
                : otherwise;
    }

    boolean has(String name) {
        return values.entries().containsKey(name);
    }

    double[] numbers(String name) {
        return items(name).stream().mapToDouble(Inputs::number).toArray();
    }

    /** A list of lists of numbers. */
    double[][] points(String name) {
        return items(name).stream()
                .map(
                        item ->
                                ((Value.Sequence) item)
                                        .items().stream().mapToDouble(Inputs::number).toArray())
                .toArray(double[][]::new);
    }

    private List<Value> items(String name) {
        if (values.entries().get(name) instanceof Value.Sequence list) {
            return list.items();
        }
        throw new IllegalArgumentException("no list " + name);
    }

    private static double number(Value value) {
        return Double.parseDouble(((Value.Scalar) value).text());
    }
}
