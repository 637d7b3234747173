/**
 * From logits to a token, in the field's order of stages. Open {@link
 * dev.altiplano.engine.sampling.TokenSampler} first. May use the compute module; knows no model.
 */
@NullMarked
package dev.altiplano.engine.sampling;

import org.jspecify.annotations.NullMarked;
