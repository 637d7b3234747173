package dev.altiplano.planner.layout;

import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.step.Layout;
import java.util.Optional;

/** A limit of the engine that will run the layout. Must be pure: it is asked from many threads. */
@FunctionalInterface
public interface LayoutRule {
    /** The limit that {@code layout} breaks, or empty. */
    Optional<Problem> check(Layout layout, long microBatches);
}
