/**
 * Reads YAML and JSON into a tree that knows the line of everything: {@link
 * dev.altiplano.planner.file.DocumentReader} gives a {@link dev.altiplano.planner.file.Value}.
 * Bounds what a file may ask for: 10 MiB, 100 levels, 100 aliases, no custom tags. The only package
 * that knows the YAML library; may use {@code problem}.
 */
@NullMarked
package dev.altiplano.planner.file;

import org.jspecify.annotations.NullMarked;
