/**
 * Says once which keys a file has, and uses it three times: {@link
 * dev.altiplano.planner.schema.Checker} finds every problem, {@link
 * dev.altiplano.planner.schema.Section} reads the values and notes the defaults, {@link
 * dev.altiplano.planner.schema.JsonSchema} prints it. Start at {@link
 * dev.altiplano.planner.schema.Shape}. May use {@code file}, {@code quantity} and {@code problem}.
 */
@NullMarked
package dev.altiplano.planner.schema;

import org.jspecify.annotations.NullMarked;
