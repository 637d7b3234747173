package dev.altiplano.model.vision;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.model.llama.Batch;
import dev.altiplano.model.llama.KvSequence;
import dev.altiplano.model.token.Tokenizer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A prompt with one image: ids, and for each patch token the vector that stands in the place of its
 * embedding. Immutable.
 */
public final class ImagePrompt {
    private final int[] ids;
    private final int patchTokenId;
    private final int width;

    /** [patch tokens, width]. */
    private final float[] vectors;

    private ImagePrompt(int[] ids, VisionConfig config, float[] vectors) {
        this.ids = ids;
        this.patchTokenId = config.patchTokenId();
        this.width = config.textWidth();
        this.vectors = vectors;
    }

    /**
     * Encodes the image and joins it with the text.
     *
     * @param ids have as many patch tokens as the image has vectors; or, with a tokenizer that
     *     knows Llama 4's image tokens, one image token, which becomes the whole layout
     * @throws AltiplanoException if the number of patch tokens is another
     */
    public static ImagePrompt of(
            int[] ids, Optional<Tokenizer> tokenizer, RgbImage image, VisionEncoder encoder) {
        VisionConfig config = encoder.config();
        ImageTiler tiler = new ImageTiler(config.tileSide());
        TilePlan plan = tiler.plan(image);
        int[] all =
                tokenizer
                        .flatMap(ImageTokens::of)
                        .filter(tokens -> tokens.isPlaceholder(ids))
                        .map(tokens -> tokens.expand(ids, plan, config.vectorsPerTile()))
                        .orElse(ids);
        requirePatches(all, plan, config);
        return new ImagePrompt(all, config, encoder.encode(tiler.tiles(image)));
    }

    private static void requirePatches(int[] ids, TilePlan plan, VisionConfig config) {
        long found = Arrays.stream(ids).filter(id -> id == config.patchTokenId()).count();
        int expected = plan.tiles() * config.vectorsPerTile();
        if (found != expected) {
            throw new AltiplanoException(
                    ("tokens: expected the patch id %d %d times, %d for each of the image's %d tiles"
                                    + " (%d x %d%s), found it %d times. Write the patches of all tiles.")
                            .formatted(
                                    config.patchTokenId(),
                                    expected,
                                    config.vectorsPerTile(),
                                    plan.tiles(),
                                    plan.columns(),
                                    plan.rows(),
                                    plan.hasGlobalTile() ? " and the whole image" : "",
                                    found));
        }
    }

    /** Every token of the prompt; the caller's own copy. */
    public int[] ids() {
        return ids.clone();
    }

    /**
     * As {@link Batch#add(KvSequence, int[], int, int, Batch.LogitsFor)}, for this prompt's ids.
     */
    public void addTo(
            Batch batch, KvSequence sequence, int from, int count, Batch.LogitsFor logits) {
        int firstRow = batch.tokens();
        batch.add(sequence, ids, from, count, logits);
        int vector = patchesBefore(from);
        for (int i = from; i < from + count; i++) {
            if (ids[i] == patchTokenId) {
                batch.replaceEmbedding(firstRow + i - from, vectors, vector * width);
                vector++;
            }
        }
    }

    private int patchesBefore(int position) {
        int patches = 0;
        for (int i = 0; i < position; i++) {
            patches += ids[i] == patchTokenId ? 1 : 0;
        }
        return patches;
    }
}
