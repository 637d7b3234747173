package dev.altiplano.model.vision;

import dev.altiplano.compute.Projection;
import dev.altiplano.model.file.SafetensorsFolder;
import java.util.List;

/**
 * The weights of an image encoder, in the shapes that {@link VisionConfig} says. Matrices stay in
 * the mapped file. Letters: H hidden size, P positions of a tile, A adapter width.
 *
 * @param patchEmbedding values of a patch to H
 * @param classVector [H]
 * @param positions [P, H]
 * @param adapter two matrices, to A and from A to A
 * @param projector A to the text model's hidden size
 */
@SuppressWarnings("ArrayRecordComponent") // plain loops read arrays; nobody compares weights
public record VisionWeights(
        Projection patchEmbedding,
        float[] classVector,
        float[] positions,
        Norm firstNorm,
        List<Block> blocks,
        Norm lastNorm,
        List<Projection> adapter,
        Projection projector) {

    public VisionWeights {
        blocks = List.copyOf(blocks);
        adapter = List.copyOf(adapter);
        assert adapter.size() == 2;
    }

    /** The weights of a folder; throws {@code ModelFormatException} if they do not fit. */
    public static VisionWeights of(SafetensorsFolder folder, VisionConfig config) {
        return HfVisionWeights.read(folder, config);
    }

    /** Layer norm, both [H]. */
    public record Norm(float[] weight, float[] bias) {}

    /** {@code W·x + bias}, bias [outputs]. */
    public record Linear(Projection weights, float[] bias) {}

    /**
     * One transformer block.
     *
     * @param queryKeyValue three, H to H
     * @param up H to the inner width
     * @param down back to H
     */
    public record Block(
            Norm attentionNorm,
            List<Linear> queryKeyValue,
            Linear attentionOutput,
            Norm mlpNorm,
            Linear up,
            Linear down) {

        public Block {
            queryKeyValue = List.copyOf(queryKeyValue);
            assert queryKeyValue.size() == 3;
        }
    }
}
