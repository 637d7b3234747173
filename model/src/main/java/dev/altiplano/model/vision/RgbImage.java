package dev.altiplano.model.vision;

import dev.altiplano.compute.AltiplanoException;

/**
 * A decoded image without transparency.
 *
 * @param rgb [height, width, (red, green, blue)], 0 to 255 as unsigned bytes
 */
@SuppressWarnings("ArrayRecordComponent") // pixels are read in loops; nobody compares images
public record RgbImage(int width, int height, byte[] rgb) {
    /** More pixels than phones take; the decoded image must fit the heap. */
    public static final int PIXELS_MAX = 50_000_000;

    public static final int SIDE_MAX = 1 << 15;

    public RgbImage {
        requireSize("image", width, height);
        if (rgb.length != 3 * width * height) {
            throw new IllegalArgumentException(
                    "image of %d x %d: expected %d bytes, found %d"
                            .formatted(width, height, 3 * width * height, rgb.length));
        }
    }

    /**
     * Throws {@link AltiplanoException} if an image of this size is too large, or has no pixels.
     * Decoders ask this before they make room.
     *
     * @param where the image's name, for the message
     */
    public static void requireSize(String where, int width, int height) {
        boolean sides = width >= 1 && height >= 1 && width <= SIDE_MAX && height <= SIDE_MAX;
        if (!sides || (long) width * height > PIXELS_MAX) {
            throw new AltiplanoException(
                    ("%s: expected an image of at most %d pixels, sides from 1 to %d, found %d x %d."
                                    + " Make it smaller.")
                            .formatted(where, PIXELS_MAX, SIDE_MAX, width, height));
        }
    }
}
