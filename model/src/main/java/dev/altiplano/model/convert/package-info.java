/**
 * Makes one model file out of another. Open {@link dev.altiplano.model.convert.Quantizer} first.
 * May use compute and {@link dev.altiplano.model.file}.
 */
@NullMarked
package dev.altiplano.model.convert;

import org.jspecify.annotations.NullMarked;
