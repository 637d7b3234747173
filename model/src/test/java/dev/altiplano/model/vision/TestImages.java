package dev.altiplano.model.vision;

import java.util.Arrays;

/** Images that a formula makes. */
final class TestImages {
    private TestImages() {}

    /** Many edges, and no two channels alike. */
    static RgbImage pattern(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        int i = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 3; c++) {
                    rgb[i++] = (byte) (x * 7 + y * 13 + c * 29 + x * y * (c + 1));
                }
            }
        }
        return new RgbImage(width, height, rgb);
    }

    static RgbImage plain(int width, int height, int value) {
        byte[] rgb = new byte[3 * width * height];
        Arrays.fill(rgb, (byte) value);
        return new RgbImage(width, height, rgb);
    }
}
