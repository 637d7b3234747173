/**
 * Hardware, models, regions, reliability profiles and prices that the planner knows, as resource
 * files whose every field has a source and a grade. {@link
 * dev.altiplano.planner.catalog.Catalog#builtIn} loads them. The shapes of the entries are those of
 * a plan file's own blocks, too. May use {@code schema} and what is below it.
 */
@NullMarked
package dev.altiplano.planner.catalog;

import org.jspecify.annotations.NullMarked;
