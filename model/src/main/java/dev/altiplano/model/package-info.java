/**
 * A model as a whole: {@link dev.altiplano.model.LlamaModel} opens files, weights and tokenizer
 * together. May use every package below it.
 */
@NullMarked
package dev.altiplano.model;

import org.jspecify.annotations.NullMarked;
