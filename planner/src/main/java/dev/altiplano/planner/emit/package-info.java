/**
 * A plan written out as the files that start it (section 15): start at {@link
 * dev.altiplano.planner.emit.Engine}. Each engine has one {@link
 * dev.altiplano.planner.emit.Emitter}, which first tells its limits and then writes. Uses {@code
 * catalog}, {@code step} and {@code problem}.
 */
@NullMarked
package dev.altiplano.planner.emit;

import org.jspecify.annotations.NullMarked;
