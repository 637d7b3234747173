package dev.altiplano.model.vision;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an image into the tiles that the encoder was trained on. The resized image lies at the top
 * left of its canvas; what is left is black, and black is -1 once values are scaled to -1 to 1. The
 * canvas is cut row by row. If that gives more than one tile, the whole image, squeezed into one
 * tile whatever its aspect, comes last. Source: meta-llama/llama-models, {@code
 * llama4/preprocess.py}.
 */
public final class ImageTiler {
    private final int side;

    public ImageTiler(int tileSide) {
        side = tileSide;
    }

    public TilePlan plan(RgbImage image) {
        return TilePlan.of(image.width(), image.height(), side);
    }

    /** The tiles of {@link #plan}, each [3, side, side]. */
    public List<float[]> tiles(RgbImage image) {
        TilePlan plan = plan(image);
        RgbImage resized = BilinearResize.resize(image, plan.width(), plan.height());
        List<float[]> tiles = new ArrayList<>();
        for (int row = 0; row < plan.rows(); row++) {
            for (int column = 0; column < plan.columns(); column++) {
                tiles.add(tile(resized, column * side, row * side));
            }
        }
        if (plan.hasGlobalTile()) {
            tiles.add(tile(BilinearResize.resize(image, side, side), 0, 0));
        }
        return tiles;
    }

    /** The square at {@code left}, {@code top}; what lies outside the image is black. */
    private float[] tile(RgbImage image, int left, int top) {
        float[] tile = new float[VisionConfig.CHANNELS * side * side];
        int target = 0;
        for (int channel = 0; channel < VisionConfig.CHANNELS; channel++) {
            for (int y = top; y < top + side; y++) {
                for (int x = left; x < left + side; x++) {
                    boolean inside = x < image.width() && y < image.height();
                    int at = inside ? (y * image.width() + x) * 3 + channel : 0;
                    tile[target++] = normalized(inside ? image.rgb()[at] & 0xFF : 0);
                }
            }
        }
        return tile;
    }

    private static float normalized(int value) {
        return (value / 255f - 0.5f) / 0.5f;
    }
}
