package dev.altiplano.model.vision;

import dev.altiplano.model.token.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The control tokens that stand for an image in a prompt of Llama 4:
 *
 * <pre>
 * start, for each row of the canvas ( tiles joined by columnSeparator, rowSeparator ),
 * image, global tile, end          where a tile is its patch tokens
 * </pre>
 *
 * <p>An image of one tile is {@code start, image, tile, end}.
 */
public record ImageTokens(
        int start, int end, int image, int patch, int columnSeparator, int rowSeparator) {

    /** In the order of the components. */
    private static final List<String> NAMES =
            List.of(
                    "<|image_start|>",
                    "<|image_end|>",
                    "<|image|>",
                    "<|patch|>",
                    "<|tile_x_separator|>",
                    "<|tile_y_separator|>");

    /** Those of a vocabulary; empty if it has none for images. */
    public static Optional<ImageTokens> of(Tokenizer tokenizer) {
        int[] ids = NAMES.stream().map(tokenizer::idOf).mapToInt(id -> id.orElse(-1)).toArray();
        boolean all = Arrays.stream(ids).allMatch(id -> id >= 0);
        return all
                ? Optional.of(new ImageTokens(ids[0], ids[1], ids[2], ids[3], ids[4], ids[5]))
                : Optional.empty();
    }

    /** All tokens of an image. */
    public int[] layout(TilePlan plan, int vectorsPerTile) {
        IntStream.Builder ids = IntStream.builder();
        ids.add(start);
        if (plan.hasGlobalTile()) {
            for (int row = 0; row < plan.rows(); row++) {
                for (int column = 0; column < plan.columns(); column++) {
                    if (column > 0) {
                        ids.add(columnSeparator);
                    }
                    addTile(ids, vectorsPerTile);
                }
                ids.add(rowSeparator);
            }
        }
        ids.add(image);
        addTile(ids, vectorsPerTile);
        ids.add(end);
        return ids.build().toArray();
    }

    private void addTile(IntStream.Builder ids, int vectorsPerTile) {
        for (int i = 0; i < vectorsPerTile; i++) {
            ids.add(patch);
        }
    }

    /** {@code prompt} with the layout in the place of its one image token and nothing else new. */
    public int[] expand(int[] prompt, TilePlan plan, int vectorsPerTile) {
        return Arrays.stream(prompt)
                .flatMap(
                        id ->
                                id == image
                                        ? Arrays.stream(layout(plan, vectorsPerTile))
                                        : IntStream.of(id))
                .toArray();
    }

    /** Whether {@code prompt} names an image once and has not spelled out its patches. */
    public boolean isPlaceholder(int[] prompt) {
        return Arrays.stream(prompt).filter(id -> id == image).count() == 1
                && Arrays.stream(prompt).noneMatch(id -> id == patch);
    }
}
