/**
 * The cluster and its nodes, usable without a run: start at {@link
 * dev.altiplano.planner.fleet.Inventory}. Health says which nodes are suspect, placement where jobs
 * fit, the queue when they run. May use {@code reliability}, {@code file}, {@code problem} and the
 * nearest words of {@code schema}.
 */
@NullMarked
package dev.altiplano.planner.fleet;

import org.jspecify.annotations.NullMarked;
