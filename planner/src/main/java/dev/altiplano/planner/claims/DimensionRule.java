package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Boundary;
import dev.altiplano.planner.quantity.Dimension;
import dev.altiplano.planner.quantity.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The general case: both sides are evaluated with their units and compared. Where they measure
 * different things {@link Bridges} gives the readings that join them.
 */
final class DimensionRule implements Rule {
    private final ClaimConstants constants;

    DimensionRule(ClaimConstants constants) {
        this.constants = constants;
    }

    @Override
    public Optional<Question> ask(Statement statement) {
        return Sides.of(statement).map(sides -> question(statement, sides));
    }

    private Question question(Statement statement, Sides sides) {
        List<Computed> ways = sides.expression().ways();
        Measure target = sides.target();
        List<Computed> same =
                ways.stream().filter(way -> way.dimension().equals(target.dimension())).toList();
        if (!same.isEmpty()) {
            boolean inwards = statement.labelled(Meaning.PUE).isPresent() && isInwards(sides);
            return direct(sides, inwards ? same.getLast() : same.getFirst());
        }
        Bridges bridges = new Bridges(constants, statement, sides);
        for (Computed way : ways) {
            List<Candidate> candidates = bridges.candidates(way);
            if (!candidates.isEmpty()) {
                return Question.of(target, candidates, factorHints(sides));
            }
        }
        return implied(ways.getFirst(), target)
                .orElseThrow(() -> new NotUnderstood(mismatch(ways.getFirst(), target)));
    }

    private static Question direct(Sides sides, Computed value) {
        Measure target = sides.target();
        List<Boundary> boundaries = new ArrayList<>();
        boolean converted = false;
        for (Measure part : sides.expression().measures()) {
            part.boundary().ifPresent(boundaries::add);
            converted |= part.is(Meaning.PUE) || isOverhead(part);
        }
        boolean crosses =
                !converted
                        && target.boundary().isPresent()
                        && boundaries.size() == 1
                        && boundaries.getFirst() != target.boundary().get();
        if (crosses) {
            return BoundaryOrder.compare(value, boundaries.getFirst(), target);
        }
        Candidate candidate =
                Candidate.expected(
                        Said.of("as written"),
                        value.value(),
                        value.half(),
                        Said.figures(value.formula()));
        return Question.of(target, List.of(candidate), factorHints(sides));
    }

    /** From the meter to what stands behind it, so that a PUE divides. */
    private static boolean isInwards(Sides sides) {
        Optional<Boundary> claimed = sides.target().boundary();
        return claimed.isPresent()
                && sides.expression().measures().stream()
                        .flatMap(part -> part.boundary().stream())
                        .anyMatch(boundary -> boundary.compareTo(claimed.get()) > 0);
    }

    /** A bare 1.08 beside a power is its factor to the next boundary. */
    private static boolean isOverhead(Measure part) {
        boolean bare = part.unit().symbol().isEmpty() && part.label().isEmpty();
        return bare && part.base() > 1 && part.base() < 3;
    }

    /** For a product of whole numbers that misses: the one factor that would make it right. */
    private static Said[] factorHints(Sides sides) {
        List<Measure> parts = sides.expression().measures();
        double product = parts.stream().mapToDouble(Measure::base).reduce(1, (a, b) -> a * b);
        double claimed = sides.target().base();
        boolean degrees = parts.stream().anyMatch(part -> part.is(Meaning.DEGREE));
        if (!degrees || product == claimed || product == 0) {
            return new Said[0];
        }
        Measure last = parts.getLast();
        double would = last.base() * claimed / product;
        return would == Math.rint(would)
                ? new Said[] {
                    Said.of(
                            "layout does not multiply: {}, not {} (a last factor of {} would fit)",
                            Numbers.text(product),
                            Numbers.text(claimed),
                            Numbers.text(would))
                }
                : new Said[0];
    }

    /** Two figures without their factor: the factor that they imply, against what exists. */
    private static Optional<Question> implied(Computed value, Measure target) {
        Dimension left = value.dimension();
        Dimension right = target.dimension();
        if (left.equals(Dimensions.ENERGY) && right.equals(Dimensions.MASS)) {
            return Optional.of(
                    factor(value, target, Plausible.CARBON, target.base() / value.value()));
        }
        if (left.equals(Dimensions.ENERGY) && right.equals(Dimensions.MONEY)) {
            return Optional.of(
                    factor(value, target, Plausible.TARIFF, target.base() / value.value()));
        }
        return Optional.empty();
    }

    /** The reading is the claim itself, if the implied factor lies in the range. */
    private static Question factor(
            Computed value, Measure target, Plausible range, double implied) {
        double shown = range.unit().fromBase(implied);
        Said line =
                Said.of(
                        "{} / {} = {} {}; possible is {} to {}",
                        target,
                        value.formula(),
                        Numbers.text(shown),
                        range.unit(),
                        Numbers.text(range.low()),
                        Numbers.text(range.high()));
        boolean inside = shown >= range.low() && shown <= range.high();
        double nearest = Math.clamp(shown, range.low(), range.high());
        double factorValue = value.value() * range.unit().toBase(nearest);
        Said name = Said.of("at {} {}", Numbers.text(nearest), range.unit());
        Candidate candidate =
                Candidate.other(name, inside ? target.base() : factorValue, 0, line)
                        .because(range.source());
        return Question.of(target, List.of(candidate));
    }

    private static Said mismatch(Computed value, Measure target) {
        return Said.of(
                "how {} ({}) can equal {} ({})",
                value.formula(),
                Measured.said(value.dimension()),
                target,
                Measured.said(target.dimension()));
    }
}
