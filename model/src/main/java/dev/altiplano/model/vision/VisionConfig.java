package dev.altiplano.model.vision;

import dev.altiplano.model.file.SafetensorsFolder;
import java.util.Optional;

/**
 * The sizes of Llama 4's image encoder. Sides are in pixels, widths in values.
 *
 * @param tileSide side of the square tiles that an image is cut into
 * @param patchSide side of the square patches of a tile
 * @param heads attention heads of a block
 * @param mlpWidth inner width of a block's second half
 * @param blocks transformer blocks
 * @param shuffle neighbouring patches, in each direction, that become one vector
 * @param adapterWidth values of a vector between adapter and projector
 * @param textWidth hidden size of the text model
 * @param normEpsilon of every layer norm
 * @param ropeBase base of the rotary frequencies
 * @param patchTokenId the token whose embeddings the vectors replace
 */
public record VisionConfig(
        int tileSide,
        int patchSide,
        int hiddenSize,
        int heads,
        int mlpWidth,
        int blocks,
        int shuffle,
        int adapterWidth,
        int textWidth,
        float normEpsilon,
        double ropeBase,
        int patchTokenId) {

    /** Red, green, blue. */
    public static final int CHANNELS = 3;

    static final int SIDE_MAX = 4096;

    /** Values of the largest buffer: twenty times what the published models need. */
    private static final long BUFFER_VALUES_MAX = 1 << 26;

    /** Throws {@link IllegalArgumentException} naming the first value that makes no sense. */
    public VisionConfig {
        int least = Math.min(Math.min(Math.min(tileSide, patchSide), hiddenSize), heads);
        least = Math.min(Math.min(Math.min(least, mlpWidth), blocks), shuffle);
        least = Math.min(Math.min(least, adapterWidth), textWidth);
        require("smallest size", least, least >= 1, "at least 1");
        require("image_size", tileSide, tileSide % patchSide == 0, "a multiple of patch_size");
        int grid = tileSide / patchSide;
        require("hidden_size", hiddenSize, hiddenSize % heads == 0, "a multiple of the heads");
        int headDim = hiddenSize / heads;
        require("head dimension", headDim, headDim % 4 == 0, "a multiple of 4");
        require("patches in a row", grid, grid % shuffle == 0, "a multiple of " + shuffle);
        int widest = Math.max(Math.max(hiddenSize, mlpWidth), CHANNELS * patchSide * patchSide);
        widest = Math.max(Math.max(widest, adapterWidth), textWidth);
        long values = ((long) grid * grid + 1) * widest;
        if (values > BUFFER_VALUES_MAX) {
            throw new IllegalArgumentException(
                    "patches times width: expected at most %d, found %d"
                            .formatted(BUFFER_VALUES_MAX, values));
        }
    }

    private static void require(String what, int found, boolean right, String expected) {
        if (!right) {
            throw new IllegalArgumentException(
                    "%s: expected %s, found %d".formatted(what, expected, found));
        }
    }

    /**
     * The image encoder of a folder of Hugging Face's; empty if the model reads text alone. Throws
     * {@code ModelFormatException} if it is one that we cannot compute.
     */
    public static Optional<VisionConfig> of(SafetensorsFolder folder) {
        return HfVisionConfigReader.read(folder.config());
    }

    /** Patches in a row or column of a tile. */
    public int gridSide() {
        return tileSide / patchSide;
    }

    public int patches() {
        return gridSide() * gridSide();
    }

    /** Positions of a tile: its patches, then the class vector. */
    public int positions() {
        return patches() + 1;
    }

    /** Values of one patch. */
    public int patchWidth() {
        return CHANNELS * patchSide * patchSide;
    }

    public int headDim() {
        return hiddenSize / heads;
    }

    /** Values of one vector after neighbours were joined. */
    public int shuffledWidth() {
        return hiddenSize * shuffle * shuffle;
    }

    /** Vectors that a tile becomes, and so patch tokens of a tile. */
    public int vectorsPerTile() {
        return patches() / (shuffle * shuffle);
    }
}
