/**
 * Plan files: {@link dev.altiplano.planner.input.PlanReader} turns YAML or JSON into a {@link
 * dev.altiplano.planner.input.PlanInput}, and tells every problem of the file at once. {@link
 * dev.altiplano.planner.input.PlanKeys} says which keys there are. May use {@code catalog} and the
 * records of {@code step}, {@code reliability} and {@code simulation}.
 */
@NullMarked
package dev.altiplano.planner.input;

import org.jspecify.annotations.NullMarked;
