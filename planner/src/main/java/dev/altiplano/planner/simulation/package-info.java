/**
 * A training run on paper, event by event: start at {@link
 * dev.altiplano.planner.simulation.RunSimulation}, whose loop is one method, and at {@link
 * dev.altiplano.planner.simulation.RunInput} for what it takes. {@link
 * dev.altiplano.planner.simulation.SampleRunner} runs many seeds.
 *
 * <p>Deterministic to the byte on every platform and for every number of threads: time is a {@code
 * long} in microseconds, every random stream has its own key, ties have an order, and no hash map
 * is walked. State has one owner, {@code RunState}. May use {@code reliability}, {@code fleet} and
 * {@code problem}.
 */
@NullMarked
package dev.altiplano.planner.simulation;

import org.jspecify.annotations.NullMarked;
