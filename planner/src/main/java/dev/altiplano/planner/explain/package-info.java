/**
 * How a result is shown to be right: {@link dev.altiplano.planner.explain.Term} is one line of
 * arithmetic with the numbers put in. Knows no other package.
 */
@NullMarked
package dev.altiplano.planner.explain;

import org.jspecify.annotations.NullMarked;
