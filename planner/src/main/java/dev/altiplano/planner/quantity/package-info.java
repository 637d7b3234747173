/**
 * Numbers that know where they come from: {@link dev.altiplano.planner.quantity.Quantity} has a
 * band, a unit, a grade and a source; {@link dev.altiplano.planner.quantity.Unit} parses and
 * multiplies units; {@link dev.altiplano.planner.quantity.Power} is typed by the boundary at which
 * it is measured. May use {@code problem} alone.
 */
@NullMarked
package dev.altiplano.planner.quantity;

import org.jspecify.annotations.NullMarked;
