package dev.altiplano.model.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Mistakes 12 and 13 of those that others made: padding and the global tile. */
final class ImageTilerTest {
    private static final int SIDE = 4;
    private final ImageTiler tiler = new ImageTiler(SIDE);

    @Test
    void padsWithBlackBeforeNormalisingSoThatPaddingIsMinusOne() {
        float[] tile = tiler.tiles(TestImages.plain(2, 4, 128)).getFirst();

        float gray = (128 / 255f - 0.5f) / 0.5f;
        for (int i = 0; i < tile.length; i++) {
            assertThat(tile[i]).isEqualTo(i % SIDE < 2 ? gray : -1f);
        }
    }

    @Test
    void scalesBlackToMinusOneAndWhiteToOne() {
        assertThat(tiler.tiles(TestImages.plain(4, 4, 0)).getFirst()).containsOnly(-1f);
        assertThat(tiler.tiles(TestImages.plain(4, 4, 255)).getFirst()).containsOnly(1f);
    }

    @Test
    void cutsTheCanvasRowByRow() {
        RgbImage image = TestImages.pattern(2 * SIDE, 2 * SIDE);

        List<float[]> tiles = tiler.tiles(image);

        for (int tile = 0; tile < 4; tile++) {
            int left = tile % 2 * SIDE;
            int top = tile / 2 * SIDE;
            assertThat(tiles.get(tile)).isEqualTo(tiler.tiles(part(image, left, top)).getFirst());
        }
    }

    @Test
    void endsWithTheWholeImageSqueezedIntoOneTile() {
        RgbImage image = TestImages.pattern(2 * SIDE, SIDE);

        List<float[]> tiles = tiler.tiles(image);

        RgbImage squeezed = BilinearResize.resize(image, SIDE, SIDE);
        assertThat(tiles).hasSize(3);
        assertThat(tiles.getLast()).isEqualTo(tiler.tiles(squeezed).getFirst());
        assertThat(tiles.getFirst()).isNotEqualTo(tiles.getLast());
    }

    @Test
    void hasNoGlobalTileWhereOneTileShowsEverything() {
        assertThat(tiler.tiles(TestImages.pattern(SIDE, 3))).hasSize(1);
    }

    private static RgbImage part(RgbImage image, int left, int top) {
        byte[] rgb = new byte[3 * SIDE * SIDE];
        for (int row = 0; row < SIDE; row++) {
            int from = ((top + row) * image.width() + left) * 3;
            System.arraycopy(image.rgb(), from, rgb, row * SIDE * 3, SIDE * 3);
        }
        return new RgbImage(SIDE, SIDE, rgb);
    }
}
