/**
 * The cluster and its nodes, usable without a run: start at {@link
 * dev.altiplano.planner.fleet.Inventory}. Health says which nodes are suspect, placement where jobs
 * fit, the queue when they run. May use {@code reliability} and {@code problem}.
 */
@NullMarked
package dev.altiplano.planner.fleet;

import org.jspecify.annotations.NullMarked;
