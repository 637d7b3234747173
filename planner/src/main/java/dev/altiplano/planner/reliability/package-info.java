/**
 * How often a job stops and what that costs, in closed form: start at {@link
 * dev.altiplano.planner.reliability.FailureProfile} for rates and at {@link
 * dev.altiplano.planner.reliability.EffectiveTime} for the share of time that trains. Numbers are
 * primitives with their unit in the name. Knows only {@code planner.problem} and the grades of
 * {@code planner.quantity}.
 */
@NullMarked
package dev.altiplano.planner.reliability;

import org.jspecify.annotations.NullMarked;
