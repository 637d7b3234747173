package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Boundary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A figure without anything to compare it with may still be impossible: {@code PUE 0.9}. */
final class ImpossibleRule implements Rule {
    @Override
    public Optional<Question> ask(Statement statement) {
        List<Measure> powers =
                statement.measures(Dimensions.POWER).stream()
                        .filter(power -> power.boundary().isPresent())
                        .toList();
        if (powers.size() == 2 && statement.measures().size() == 2) {
            Measure first = powers.getFirst();
            Boundary boundary = first.boundary().orElseThrow();
            return powers.getLast().boundary().orElseThrow() == boundary
                    ? Optional.empty()
                    : Optional.of(
                            BoundaryOrder.compare(Computed.of(first), boundary, powers.getLast()));
        }
        List<Said> reasons = new ArrayList<>(Plausible.impossible(statement));
        return reasons.isEmpty() || statement.measures().isEmpty()
                ? Optional.empty()
                : Optional.of(Question.of(statement.measures().getLast(), List.of()));
    }
}
