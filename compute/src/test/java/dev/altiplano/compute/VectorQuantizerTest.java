package dev.altiplano.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.compute.machine.ActivationLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class VectorQuantizerTest {
    private static final int WIDTH = 128;
    private static final int ROWS = 34;

    private static QuantPairs quantize(float[] x, int rows) {
        int width = x.length / rows;
        QuantPairs pairs = new QuantPairs(rows, width);
        for (int row = 0; row < rows; row++) {
            new VectorQuantizer().quantize(x, row * width, width, pairs);
        }
        return pairs;
    }

    /** Rows of all magnitudes, in every second one a value that stands out. */
    private static float[] values() {
        SplittableRandom random = new SplittableRandom(1);
        float[] x = new float[ROWS * WIDTH];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (random.nextGaussian() * Math.pow(10, i / WIDTH - 17));
        }
        Arrays.fill(x, 3 * WIDTH, 3 * WIDTH + 32, 0f);
        for (int row = 0; row < ROWS; row += 2) {
            x[row * WIDTH + 3 * row] = (float) (30 * Math.pow(10, row - 17));
        }
        return x;
    }

    /** Input {@code i} of the quants, by the order of the pairs. */
    private static int quant(int[] pairs, int i) {
        int group = i / 32;
        int word = i % 32 / 4;
        int pair = pairs[group * 16 + 2 * word + i % 2];
        return i % 4 < 2 ? (short) pair : pair >> 16;
    }

    @Test
    void quantisesEachGroupByItsLargestValue() {
        float[] x = values();

        QuantPairs found = quantize(x, ROWS);

        for (int i = 0; i < x.length; i++) {
            int first = i / 32 * 32;
            float largest = 0;
            for (int j = first; j < first + 32; j++) {
                largest = Math.max(largest, Math.abs(x[j]));
            }
            float quant = x[i] * (127 / Math.max(largest, 1e-30f));
            assertThat(found.coarse.scales[i / 32]).isEqualTo(largest * (1 / 127f));
            assertThat(quant(found.coarse.pairs, i)).isEqualTo((int) Math.rint(quant));
        }
    }

    @Test
    void whatStandsOutOfItsRowGetsFineQuants() {
        float[] x = values();

        QuantPairs found = quantize(x, ROWS);

        int fine = 0;
        for (int i = 0; i < x.length; i++) {
            float fineScale = found.fine.scales[i / 32];
            if (fineScale != 0) {
                fine++;
                double value =
                        (double) found.coarse.scales[i / 32] * quant(found.coarse.pairs, i)
                                + (double) fineScale * quant(found.fine.pairs, i);
                assertThat(value).isCloseTo(x[i], within(0.51 * fineScale));
            }
        }
        assertThat(fine / 32).isBetween(ROWS / 2, ROWS);
    }

    @Test
    void sumsAreThoseOfTheQuantisedValues() {
        float[] x = values();

        QuantPairs found = quantize(x, ROWS);

        for (int group = 0; group < x.length / 32; group++) {
            int coarse = 0;
            int fine = 0;
            for (int i = 32 * group; i < 32 * group + 32; i++) {
                coarse += quant(found.coarse.pairs, i);
                fine += found.fine.scales[group] == 0 ? 0 : quant(found.fine.pairs, i);
            }
            double sum =
                    (double) found.coarse.scales[group] * coarse
                            + (double) found.fine.scales[group] * fine;
            assertThat(found.coarse.sums[group]).isEqualTo(coarse);
            assertThat((double) found.sum[group])
                    .isCloseTo(sum, within(1e-6 * 4064 * found.coarse.scales[group]));
        }
    }

    @Test
    void agreesWithTheLayoutOfMachineCodeOnWhatStandsOut() {
        float[] x = new float[WIDTH];
        Arrays.fill(x, 1);
        for (double ratio : new double[] {0.99, 1.01}) {
            // One value v among n ones has v² > PEAK · (v² + n - 1) / n from this v on.
            double n = WIDTH;
            double bound = ActivationLayout.PEAK * (n - 1) / (n - ActivationLayout.PEAK);
            x[70] = (float) Math.sqrt(bound * ratio);

            assertThat(quantize(x, 1).fine.scales[2] != 0).isEqualTo(ratio > 1);
        }
    }

    @Test
    void aNumberThatIsNoneReachesTheScale() {
        for (float odd :
                new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            float[] x = new float[32];
            x[17] = odd;

            assertThat(Float.isFinite(quantize(x, 1).coarse.scales[0])).isFalse();
        }
    }
}
