package dev.altiplano.planner.input;

import dev.altiplano.planner.problem.Place;
import dev.altiplano.planner.step.Layout;
import java.time.Duration;
import java.util.Optional;

/**
 * The layout that the plan names, or the bounds of a search for one.
 *
 * @param named empty to search
 * @param place of the layout in the file, for what is found wrong with it later
 * @param contextParallelMax largest degree that the search tries
 * @param engine whose limits hold, if any
 */
public record LayoutInput(
        Optional<Layout> named,
        Place place,
        int contextParallelMax,
        Duration timeout,
        Optional<String> engine) {}
