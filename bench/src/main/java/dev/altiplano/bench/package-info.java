/**
 * JMH benchmarks of what must be fast, one class for each. Not shipped; nothing depends on it. Run
 * them with {@code bench/run}.
 */
@NullMarked
package dev.altiplano.bench;

import org.jspecify.annotations.NullMarked;
