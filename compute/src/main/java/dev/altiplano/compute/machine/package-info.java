/**
 * Kernels in machine code, and the layout of weights that they read. Open {@link
 * dev.altiplano.compute.machine.ProductCode} first: it describes the product of weights and
 * activations once for all quantised formats and both instruction sets. May use {@code compute.x86}
 * and {@code compute.quant}.
 */
@NullMarked
package dev.altiplano.compute.machine;

import org.jspecify.annotations.NullMarked;
