/**
 * Checks the planner's formulas and models against what was published: {@link
 * dev.altiplano.planner.validation.Validation#run} computes every case of {@code
 * planner-cases.json} and says by how much it is off. May use every package with formulas.
 */
@NullMarked
package dev.altiplano.planner.validation;

import org.jspecify.annotations.NullMarked;
