package dev.altiplano.planner.input;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Place;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what is wrong with a plan, so that it is told together. */
final class Problems {
    private final List<Problem> found = new ArrayList<>();

    void add(Problem problem) {
        found.add(problem);
    }

    /**
     * The result of {@code part}; empty if it refuses, and then its reasons are kept, at {@code
     * place} if they have none. The records that a plan is mapped onto refuse what they cannot hold
     * with an IllegalArgumentException, which here is the fault of the file.
     */
    <T> Optional<T> attempt(Place place, Supplier<T> part) {
        try {
            return Optional.of(part.get());
        } catch (PlannerException e) {
            e.problems().forEach(p -> add(p.place().isPresent() ? p : p.at(place)));
        } catch (IllegalArgumentException e) {
            add(Problem.of(ErrorCode.E005, String.valueOf(e.getMessage())).at(place));
        }
        return Optional.empty();
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new PlannerException(found);
        }
    }
}
