/**
 * The number formats of weights: layout, scalar decoder and encoder of each. Open {@link
 * dev.altiplano.compute.quant.TensorFormat} first. May use the JDK only.
 */
@NullMarked
package dev.altiplano.compute.quant;

import org.jspecify.annotations.NullMarked;
