/**
 * One training step on paper: parameters, FLOPs, memory and time of one model in one layout.
 *
 * <p>Everything here is a pure function of plain records of primitives, units in their names, so
 * that a closed form can be sampled thousands of times. Start at {@link
 * dev.altiplano.planner.step.StepModel} for time and {@link dev.altiplano.planner.step.MemoryModel}
 * for memory; {@link dev.altiplano.planner.step.StepTerms} writes a result out as formulas with
 * their numbers. Depends on the JDK alone.
 */
@NullMarked
package dev.altiplano.planner.step;

import org.jspecify.annotations.NullMarked;
