/**
 * Text for people at a terminal that every verb shares: {@link dev.altiplano.cli.text.Table}. Knows
 * no other package.
 */
@NullMarked
package dev.altiplano.cli.text;

import org.jspecify.annotations.NullMarked;
