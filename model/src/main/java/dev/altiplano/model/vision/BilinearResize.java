package dev.altiplano.model.vision;

/**
 * Resizes with a triangle filter that widens with the reduction, so that no source pixel is skipped
 * (antialiasing). First along rows, then along columns, with whole numbers in between, as the
 * reference pipelines do: results are those of Pillow's {@code Image.resize(size, BILINEAR)} to the
 * bit.
 */
final class BilinearResize {
    /** Weights are whole numbers in units of 2^-22: 255 times their sum fits an int. */
    private static final int WEIGHT_BITS = 22;

    private BilinearResize() {}

    static RgbImage resize(RgbImage image, int width, int height) {
        RgbImage wide = width == image.width() ? image : resizeRows(image, width);
        return height == image.height() ? wide : resizeColumns(wide, height);
    }

    /** What each pixel of a line of the result is made of. */
    private static final class Filter {
        private final int[] first;
        private final int[][] weights;

        Filter(int sourceLength, int targetLength) {
            first = new int[targetLength];
            weights = new int[targetLength][];
            double scale = (double) sourceLength / targetLength;
            double reach = Math.max(scale, 1);
            for (int i = 0; i < targetLength; i++) {
                double center = (i + 0.5) * scale;
                int from = Math.max(0, (int) (center - reach + 0.5));
                int to = Math.min(sourceLength, (int) (center + reach + 0.5));
                first[i] = from;
                weights[i] = weights(center, reach, from, to);
            }
        }

        private static int[] weights(double center, double reach, int from, int to) {
            double[] triangle = new double[to - from];
            double sum = 0;
            double inverse = 1 / reach;
            for (int i = 0; i < triangle.length; i++) {
                double distance = Math.abs((i + from - center + 0.5) * inverse);
                triangle[i] = Math.max(0, 1 - distance);
                sum += triangle[i];
            }
            int[] weights = new int[triangle.length];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (int) (0.5 + triangle[i] / sum * (1 << WEIGHT_BITS));
            }
            return weights;
        }

        /** The weighted sum of bytes that begin at {@code index} and lie {@code step} apart. */
        byte apply(int target, byte[] bytes, int index, int step) {
            int sum = 1 << (WEIGHT_BITS - 1);
            int at = index + first[target] * step;
            for (int weight : weights[target]) {
                sum += weight * (bytes[at] & 0xFF);
                at += step;
            }
            return (byte) Math.min(sum >> WEIGHT_BITS, 255);
        }
    }

    private static RgbImage resizeRows(RgbImage image, int width) {
        Filter filter = new Filter(image.width(), width);
        byte[] result = new byte[3 * width * image.height()];
        int target = 0;
        for (int y = 0; y < image.height(); y++) {
            int row = y * image.width() * 3;
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    result[target++] = filter.apply(x, image.rgb(), row + channel, 3);
                }
            }
        }
        return new RgbImage(width, image.height(), result);
    }

    private static RgbImage resizeColumns(RgbImage image, int height) {
        Filter filter = new Filter(image.height(), height);
        int rowBytes = 3 * image.width();
        byte[] result = new byte[rowBytes * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < rowBytes; x++) {
                result[y * rowBytes + x] = filter.apply(y, image.rgb(), x, rowBytes);
            }
        }
        return new RgbImage(image.width(), height, result);
    }
}
