package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Dimension;
import dev.altiplano.planner.quantity.Numbers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens of a step, time of a step, steps, tokens per second, tokens and time of a run: any two or
 * three give the others, so what is claimed is computed from the rest, and figures that contradict
 * each other are named.
 */
final class StepRule implements Rule {
    /** Figures of one run that differ by more than this do not belong together. */
    private static final double CONTRADICTION = 0.05;

    /** What a figure of a run is. */
    private enum Part {
        STEP_TOKENS(Said.of("tokens of a step")),
        STEP_SECONDS(Said.of("seconds of a step")),
        STEPS(Said.of("steps")),
        RATE(Said.of("tokens/s")),
        TOKENS(Said.of("tokens")),
        SECONDS(Said.of("seconds"));

        @SuppressWarnings("ImmutableEnumChecker") // a record of texts
        private final Said title;

        Part(Said title) {
            this.title = title;
        }
    }

    /** {@code a x b = product}. */
    private record Relation(Part a, Part b, Part product) {}

    private static final List<Relation> RELATIONS =
            List.of(
                    new Relation(Part.RATE, Part.STEP_SECONDS, Part.STEP_TOKENS),
                    new Relation(Part.RATE, Part.SECONDS, Part.TOKENS),
                    new Relation(Part.STEPS, Part.STEP_TOKENS, Part.TOKENS),
                    new Relation(Part.STEPS, Part.STEP_SECONDS, Part.SECONDS));

    @Override
    public Optional<Question> ask(Statement statement) {
        List<Measure> measures = statement.measures();
        boolean ofSteps =
                measures.stream().anyMatch(m -> m.is(Meaning.PER_STEP) || m.is(Meaning.STEPS));
        if (!ofSteps || measures.size() < 3) {
            return Optional.empty();
        }
        Map<Part, Measure> given = new EnumMap<>(Part.class);
        for (Measure measure : measures) {
            Optional<Part> part = part(measure);
            if (part.isEmpty() || given.put(part.get(), measure) != null) {
                return Optional.empty();
            }
        }
        return question(given, measures.getLast());
    }

    private static Optional<Part> part(Measure measure) {
        boolean perStep = measure.is(Meaning.PER_STEP);
        Dimension dimension = measure.dimension();
        if (dimension.equals(Dimensions.TOKENS)) {
            return Optional.of(perStep ? Part.STEP_TOKENS : Part.TOKENS);
        }
        if (dimension.equals(Dimensions.TIME)) {
            return Optional.of(perStep ? Part.STEP_SECONDS : Part.SECONDS);
        }
        if (dimension.equals(Dimensions.TOKEN_RATE)) {
            return Optional.of(Part.RATE);
        }
        return measure.is(Meaning.STEPS) ? Optional.of(Part.STEPS) : Optional.empty();
    }

    private static Optional<Question> question(Map<Part, Measure> given, Measure claimed) {
        Part target = part(claimed).orElseThrow();
        Map<Part, Double> known = new EnumMap<>(Part.class);
        given.forEach((part, measure) -> known.put(part, measure.base()));
        known.remove(target);
        List<Said> lines = new ArrayList<>();
        List<Said> contradictions = new ArrayList<>();
        for (int round = 0; round < RELATIONS.size(); round++) {
            RELATIONS.forEach(relation -> solve(relation, known, lines, contradictions));
        }
        Double value = known.get(target);
        if (value == null) {
            return Optional.empty();
        }
        Candidate candidate =
                new Candidate(
                        Said.of("from the other figures"),
                        value,
                        0.005 * value,
                        true,
                        true,
                        lines,
                        List.of());
        Question question = Question.of(claimed, List.of(candidate));
        return Optional.of(question.and(contradictions.stream().distinct().toList()));
    }

    /** Fills in the part that is missing; names three that do not belong together. */
    private static void solve(
            Relation relation,
            Map<Part, Double> known,
            List<Said> lines,
            List<Said> contradictions) {
        Double a = known.get(relation.a());
        Double b = known.get(relation.b());
        Double product = known.get(relation.product());
        if (a != null && b != null && product == null) {
            put(known, lines, relation.product(), a * b, "%s × %s".formatted(text(a), text(b)));
        } else if (a != null && b == null && product != null && a != 0) {
            put(known, lines, relation.b(), product / a, text(product) + " / " + text(a));
        } else if (a == null && b != null && product != null && b != 0) {
            put(known, lines, relation.a(), product / b, text(product) + " / " + text(b));
        } else if (a != null
                && b != null
                && product != null
                && Math.abs(a * b - product) > CONTRADICTION * Math.abs(product)) {
            contradictions.add(
                    Said.of(
                            "{} × {} = {} {}, not {}",
                            text(a),
                            text(b),
                            text(a * b),
                            relation.product().title,
                            text(product)));
        }
    }

    private static void put(
            Map<Part, Double> known, List<Said> lines, Part part, double value, String formula) {
        known.put(part, value);
        lines.add(Said.of("{} = {} {}", formula, text(value), part.title));
    }

    private static String text(double value) {
        return Numbers.text(value);
    }
}
