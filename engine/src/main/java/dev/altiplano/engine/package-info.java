/**
 * Runs a model for many requests at once: one step thread plans a batch, runs it, samples and hands
 * tokens to the threads that wait. Open {@link dev.altiplano.engine.Engine} first, then {@link
 * dev.altiplano.engine.StepLoop}. May use compute, model and {@code engine.sampling}; knows no
 * HTTP.
 */
@NullMarked
package dev.altiplano.engine;

import org.jspecify.annotations.NullMarked;
