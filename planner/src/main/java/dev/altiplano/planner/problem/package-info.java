/**
 * What can be wrong with a plan and how it is told: {@link
 * dev.altiplano.planner.problem.PlannerException} carries every {@link
 * dev.altiplano.planner.problem.Problem} found, each with its {@link
 * dev.altiplano.planner.problem.ErrorCode} and, for files, its place. Knows no other package.
 */
@NullMarked
package dev.altiplano.planner.problem;

import org.jspecify.annotations.NullMarked;
