/**
 * Reads and writes JSON with the JDK alone: {@code config.json}, {@code tokenizer.json},
 * safetensors headers. Open {@link dev.altiplano.model.json.Json} first. May use compute's
 * exceptions; knows no model.
 *
 * <p>A document is not turned into a tree of objects: its source and a tape of integers lie outside
 * the heap, and values appear when they are asked for, so that a tokenizer of 30 MB is read in a
 * heap of a few megabytes.
 */
@NullMarked
package dev.altiplano.model.json;

import org.jspecify.annotations.NullMarked;
