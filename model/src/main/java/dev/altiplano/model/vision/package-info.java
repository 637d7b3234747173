/**
 * Images for Llama 4: an image becomes tiles, a tile becomes vectors, and the vectors take the
 * places of patch tokens in a prompt. Open {@link dev.altiplano.model.vision.ImagePrompt} first.
 * May use compute, the file readers and the text model.
 */
@NullMarked
package dev.altiplano.model.vision;

import org.jspecify.annotations.NullMarked;
