/**
 * Which layout of a model over a cluster is fastest, and why another one is refused (section 8).
 *
 * <p>Start at {@link dev.altiplano.planner.layout.LayoutSearch}; {@link
 * dev.altiplano.planner.layout.LayoutChecks} judges a layout that a person named. May use {@code
 * problem} and {@code step}; depends on nothing else but the JDK.
 */
@NullMarked
package dev.altiplano.planner.layout;

import org.jspecify.annotations.NullMarked;
