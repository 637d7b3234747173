/**
 * Makes one model file out of another. Open {@link dev.altiplano.model.convert.Quantizer} or {@link
 * dev.altiplano.model.convert.HfToGguf} first. May use compute, {@code model.file}, {@code
 * model.token} and the configuration of {@code model.llama}.
 */
@NullMarked
package dev.altiplano.model.convert;

import org.jspecify.annotations.NullMarked;
