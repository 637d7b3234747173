/**
 * The Llama family, text: configuration, weights, KV cache and forward pass of Llama 2, 3 and 4.
 * Open {@link dev.altiplano.model.llama.Transformer} first, then {@link
 * dev.altiplano.model.llama.LayerMath} for the equations. May use compute and the file readers.
 */
@NullMarked
package dev.altiplano.model.llama;

import org.jspecify.annotations.NullMarked;
