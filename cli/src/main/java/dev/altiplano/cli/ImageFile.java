package dev.altiplano.cli;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.model.vision.RgbImage;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a PNG or JPEG file. Samples are taken as they are: colour profiles and the camera's
 * orientation are not applied, as in the pipelines that Llama 4 was trained with. What is
 * transparent shows white.
 */
final class ImageFile {
    private ImageFile() {}

    /** Throws {@link AltiplanoException} if the file is missing, too large or no such image. */
    static RgbImage read(Path file) {
        System.setProperty("java.awt.headless", "true"); // or macOS would show a program's icon
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new AltiplanoException(
                    "%s: expected a readable image file, found none. Check the path."
                            .formatted(file));
        }
        try (ImageInputStream stream = new FileImageInputStream(file.toFile())) {
            return decode(file, stream);
        } catch (IOException | RuntimeException failure) {
            if (failure instanceof AltiplanoException expected) {
                throw expected;
            }
            // Decoders answer damaged bytes with any of these.
            throw undecodable(file, String.valueOf(failure.getMessage()), failure);
        }
    }

    private static RgbImage decode(Path file, ImageInputStream stream) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            String format = reader.getFormatName();
            if (format.equalsIgnoreCase("png") || format.equalsIgnoreCase("jpeg")) {
                try {
                    reader.setInput(stream, true, true);
                    RgbImage.requireSize(file.toString(), reader.getWidth(0), reader.getHeight(0));
                    return rgb(reader.read(0));
                } finally {
                    reader.dispose();
                }
            }
        }
        throw undecodable(file, "another format", null);
    }

    private static AltiplanoException undecodable(
            Path file, String found, @Nullable Throwable cause) {
        String message =
                "%s: expected a PNG or JPEG image, found: %s. Save it as PNG."
                        .formatted(file, found);
        return cause == null
                ? new AltiplanoException(message)
                : new AltiplanoException(message, cause);
    }

    private static RgbImage rgb(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] rgb = new byte[3 * width * height];
        ColorModel colors = image.getColorModel();
        boolean plain = colors instanceof ComponentColorModel && !colors.isAlphaPremultiplied();
        for (int y = 0; y < height; y++) {
            if (plain) {
                copySamples(image.getRaster(), colors, y, rgb);
            } else {
                copyColors(image, y, rgb);
            }
        }
        return new RgbImage(width, height, rgb);
    }

    /** Gray, gray and alpha, RGB, or RGB and alpha; {@code getRGB} would convert their colours. */
    private static void copySamples(Raster raster, ColorModel colors, int y, byte[] rgb) {
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        boolean gray = colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        boolean alpha = colors.getTransparency() != Transparency.OPAQUE;
        int[] samples = raster.getPixels(0, y, width, 1, (int[]) null);
        int max = (1 << colors.getComponentSize(0)) - 1;
        for (int x = 0; x < width; x++) {
            int at = x * bands;
            int opacity = alpha ? samples[at + bands - 1] : max;
            for (int channel = 0; channel < 3; channel++) {
                int sample = samples[at + (gray ? 0 : channel)];
                rgb[(y * width + x) * 3 + channel] = onWhite(sample, opacity, max);
            }
        }
    }

    private static byte onWhite(int sample, int opacity, int max) {
        double shown = (double) sample * opacity / max + (max - opacity);
        return (byte) Math.round(shown * 255 / max);
    }

    /** Palettes and packed pixels. */
    private static void copyColors(BufferedImage image, int y, byte[] rgb) {
        int width = image.getWidth();
        int[] argb = image.getRGB(0, y, width, 1, null, 0, width);
        for (int x = 0; x < width; x++) {
            for (int channel = 0; channel < 3; channel++) {
                int sample = argb[x] >> (16 - 8 * channel) & 0xFF;
                rgb[(y * width + x) * 3 + channel] = onWhite(sample, argb[x] >>> 24, 255);
            }
        }
    }
}
