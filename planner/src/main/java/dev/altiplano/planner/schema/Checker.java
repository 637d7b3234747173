package dev.altiplano.planner.schema;

import dev.altiplano.planner.file.Value;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Place;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.Boundary;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.schema.QuantityBlock.Origin;
import dev.altiplano.planner.schema.QuantityBlock.SingleValue;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares a document with its shape and collects every problem, in the order of the file. */
public final class Checker {
    /** Site power in watts: 100 GW is more than any country's largest plant. */
    static final Shape.Numeric WATTS = Shape.number("W", 0, 1e11);

    /** Enough to mend a file with; a damaged one would repeat itself. */
    private static final int PROBLEMS_MAX = 50;

    private final List<Problem> problems = new ArrayList<>();

    /** Every problem of {@code value}; empty if it has the shape. */
    public static List<Problem> check(Value value, Shape shape) {
        Checker checker = new Checker();
        checker.visit(value, shape);
        return checker.problems.stream().limit(PROBLEMS_MAX).toList();
    }

    private void visit(Value value, Shape shape) {
        switch (shape) {
            case Shape.Numeric number -> number(value, number);
            case Shape.BoundedPower power -> power(value);
            case Shape.Words words -> word(value, words);
            case Shape.Name name -> name(value, name);
            case Shape.Text text -> text(value, text);
            case Shape.Flag flag -> flag(value);
            case Shape.Moment moment -> moment(value);
            case Shape.ListOf list -> list(value, list);
            case Shape.TableOf table -> table(value, table);
            case Shape.Either either -> visit(value, chosen(value, either));
            case Shape.Block block -> block(value, block);
        }
    }

    /** The shape that {@code value} is meant to have: the first of its form, else the last. */
    static Shape chosen(Value value, Shape.Either either) {
        for (Shape shape : either.choices()) {
            boolean nested = shape instanceof Shape.Block || shape instanceof Shape.BoundedPower;
            boolean fits =
                    switch (value) {
                        case Value.Mapping mapping -> nested;
                        case Value.Sequence sequence -> shape instanceof Shape.ListOf;
                        case Value.Scalar scalar -> isScalar(scalar, shape);
                        case Value.Nothing nothing -> false;
                    };
            if (fits) {
                return shape instanceof Shape.Either inner ? chosen(value, inner) : shape;
            }
        }
        Shape last = either.choices().getLast();
        return last instanceof Shape.Block && value instanceof Value.Scalar
                ? either.choices().getFirst()
                : last;
    }

    /**
     * A word is only taken for one of {@link Shape.Words} if it is one, so that a name may follow.
     */
    private static boolean isScalar(Value.Scalar scalar, Shape shape) {
        return switch (shape) {
            case Shape.Words words -> words.choices().contains(scalar.text());
            case Shape.Block block -> false;
            case Shape.ListOf list -> false;
            case Shape.TableOf table -> false;
            default -> true;
        };
    }

    private void number(Value value, Shape.Numeric shape) {
        try {
            Origin none = new Origin(Grade.STATED, "", "");
            QuantityBlock.read(value, shape, () -> none, SingleValue.EXACT);
        } catch (PlannerException e) {
            problems.addAll(e.problems());
        }
    }

    private void power(Value value) {
        if (!(value instanceof Value.Mapping mapping)) {
            String found = value instanceof Value.Scalar scalar ? scalar.text() : value.kind();
            report(
                    Problem.of(
                                    ErrorCode.E201,
                                    "power %s has no boundary (accelerator, node, it, facility)"
                                            .formatted(found))
                            .hinting("write {value: %s, of: facility}".formatted(found)),
                    value.place());
            return;
        }
        block(value, POWER_BLOCK);
        if (mapping.entries().containsKey("value") && !mapping.entries().containsKey("of")) {
            power(mapping.entries().get("value"));
        }
    }

    /** The boundary is checked by hand, so that its absence is told as E201. */
    static final Shape.Block POWER_BLOCK =
            Shape.block(
                    Key.required("value", WATTS, "power, as 150 MW"),
                    Key.optional(
                            "of",
                            new Shape.Words(
                                    Arrays.stream(Boundary.values())
                                            .map(b -> b.name().toLowerCase(Locale.ROOT))
                                            .toList()),
                            "where it is measured"));

    private void word(Value value, Shape.Words words) {
        Optional<String> text = scalar(value, "one of " + String.join(", ", words.choices()));
        if (text.isPresent() && !words.choices().contains(text.get())) {
            String found = "'%s' is not known".formatted(shorten(text.get()));
            String hint = Nearest.hint(text.get(), words.choices());
            report(
                    Problem.of(ErrorCode.E005, found + hint)
                            .allowing(String.join(", ", words.choices())),
                    value.place());
        }
    }

    private void name(Value value, Shape.Name name) {
        Optional<String> text = scalar(value, "the name of a " + name.what());
        if (text.isPresent() && !name.names().contains(text.get())) {
            String hint = Nearest.hint(text.get(), name.names());
            report(
                    Problem.of(
                                    name.unknown(),
                                    "%s %s unknown%s"
                                            .formatted(name.what(), shorten(text.get()), hint))
                            .hinting(
                                    "altiplano plan catalog %s lists all %d"
                                            .formatted(name.part(), name.names().size())),
                    value.place());
        }
    }

    private void text(Value value, Shape.Text shape) {
        scalar(value, "text")
                .filter(text -> text.length() > shape.max())
                .ifPresent(
                        text ->
                                report(
                                        Problem.of(
                                                ErrorCode.E005,
                                                "text is longer than " + shape.max()),
                                        value.place()));
    }

    private void flag(Value value) {
        scalar(value, "true or false")
                .filter(text -> !text.equals("true") && !text.equals("false"))
                .ifPresent(
                        text ->
                                report(
                                        Problem.of(
                                                        ErrorCode.E005,
                                                        "'" + shorten(text) + "' is no yes or no")
                                                .allowing("true, false"),
                                        value.place()));
    }

    private void moment(Value value) {
        Optional<String> text = scalar(value, "a date and time");
        try {
            text.ifPresent(LocalDateTime::parse);
        } catch (DateTimeParseException e) {
            report(
                    Problem.of(ErrorCode.E005, "'" + shorten(text.orElse("")) + "' is no moment")
                            .allowing("local time such as 2026-07-01T16:00"),
                    value.place());
        }
    }

    private void list(Value value, Shape.ListOf shape) {
        if (!(value instanceof Value.Sequence sequence)) {
            wrongKind(value, "a list");
            return;
        }
        if (sequence.items().size() > shape.max()) {
            report(
                    Problem.of(ErrorCode.E401, "list has more than " + shape.max() + " items"),
                    value.place());
            return;
        }
        sequence.items().forEach(item -> visit(item, shape.item()));
    }

    private void table(Value value, Shape.TableOf shape) {
        if (!(value instanceof Value.Mapping mapping)) {
            wrongKind(value, "a block of names");
        } else if (mapping.entries().size() > shape.max()) {
            report(
                    Problem.of(ErrorCode.E401, "block has more than " + shape.max() + " names"),
                    value.place());
        } else {
            mapping.entries().values().forEach(entry -> visit(entry, shape.value()));
        }
    }

    private void block(Value value, Shape.Block block) {
        if (!(value instanceof Value.Mapping mapping)) {
            wrongKind(value, "a block of keys");
            return;
        }
        List<String> known = block.keys().stream().map(Key::name).toList();
        mapping.entries()
                .forEach(
                        (name, entry) ->
                                block.key(name)
                                        .ifPresentOrElse(
                                                key -> present(entry, key),
                                                () -> unknown(name, entry, known)));
        for (Key key : block.keys()) {
            if (key.required() && !mapping.entries().containsKey(key.name())) {
                Place place = value.place().child(key.name(), value.place().line());
                report(
                        Problem.of(ErrorCode.E004, "key '" + key.name() + "' is missing")
                                .hinting(key.about()),
                        place);
            }
        }
    }

    /** {@code key:} with nothing after it is the same as no key, unless it is required. */
    private void present(Value entry, Key key) {
        if (!(entry instanceof Value.Nothing)) {
            visit(entry, key.shape());
        } else if (key.required()) {
            report(
                    Problem.of(ErrorCode.E004, "key has no value").hinting(key.about()),
                    entry.place());
        }
    }

    private void unknown(String name, Value entry, List<String> known) {
        problems.add(unknownKey(name, entry.place(), known));
    }

    static Problem unknownKey(String name, Place place, Collection<String> known) {
        return Problem.of(
                        ErrorCode.E003,
                        "key '%s' unknown%s".formatted(shorten(name), Nearest.hint(name, known)))
                .at(place)
                .allowing(known.stream().collect(Collectors.joining(", ")));
    }

    private Optional<String> scalar(Value value, String expected) {
        if (value instanceof Value.Scalar scalar) {
            return Optional.of(scalar.text());
        }
        wrongKind(value, expected);
        return Optional.empty();
    }

    private void wrongKind(Value value, String expected) {
        report(
                Problem.of(ErrorCode.E005, "found " + value.kind()).allowing(expected),
                value.place());
    }

    private void report(Problem problem, Place place) {
        problems.add(problem.at(place));
    }

    private static String shorten(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
