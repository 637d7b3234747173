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
            new VectorQuantizer().quantize(x, row * width, width, row, rows, pairs);
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

    /** Value {@code i} of {@code row}, where quads of rows lie side by side. */
    private static int inQuads(int row, int i, int rowValues) {
        int inQuad = row % 4;
        return row < ROWS / 4 * 4
                ? (row - inQuad) * rowValues + 4 * i + inQuad
                : row * rowValues + i;
    }

    /** Of input {@code i}, by the order of the pairs. */
    private static int pair(int i) {
        return i / 32 * 16 + i % 32 / 4 * 2 + i % 2;
    }

    private static int half(int pair, int i) {
        return i % 4 < 2 ? (short) pair : pair >> 16;
    }

    private static int coarse(QuantPairs found, int row, int i) {
        return half(found.coarse.pairs[inQuads(row, pair(i), WIDTH / 2)], i);
    }

    private static float coarseScale(QuantPairs found, int row, int group) {
        return found.coarse.scales[inQuads(row, group, WIDTH / 32)];
    }

    private static int fine(QuantPairs found, int row, int i) {
        return half(found.fine.pairs[row * WIDTH / 2 + pair(i)], i);
    }

    private static boolean standsOut(QuantPairs found, int row, int group) {
        return (found.fineGroups[row] >> group & 1) != 0;
    }

    @Test
    void quantisesEachGroupByItsLargestValue() {
        float[] x = values();

        QuantPairs found = quantize(x, ROWS);

        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i < WIDTH; i++) {
                float largest = 0;
                for (int j = i / 32 * 32; j < i / 32 * 32 + 32; j++) {
                    largest = Math.max(largest, Math.abs(x[row * WIDTH + j]));
                }
                float quant = x[row * WIDTH + i] * (127 / Math.max(largest, 1e-30f));
                float scale = largest * (1 / 127f);
                assertThat(coarseScale(found, row, i / 32)).isEqualTo(scale);
                assertThat(found.coarse.halfScales[inQuads(row, i / 16, WIDTH / 16)])
                        .isEqualTo(scale);
                assertThat(coarse(found, row, i)).isEqualTo((int) Math.rint(quant));
                int before = i % 4 == 0 ? 0 : coarse(found, row, i - 1);
                int difference = found.coarse.differences[inQuads(row, i, WIDTH)];
                assertThat((short) difference)
                        .isEqualTo((short) (coarse(found, row, i) - 16 * before));
                assertThat(difference >> 16).isEqualTo((short) difference);
                if (row < ROWS / 4 * 4) {
                    assertThat(found.coarseFloats[inQuads(row, i, WIDTH)])
                            .isEqualTo((float) Math.rint(quant));
                }
            }
        }
    }

    @Test
    void whatStandsOutOfItsRowGetsFineQuants() {
        float[] x = values();

        QuantPairs found = quantize(x, ROWS);

        int fine = 0;
        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i < WIDTH; i++) {
                int group = i / 32;
                if (standsOut(found, row, group)) {
                    fine++;
                    float fineScale = found.fine.scales[row * WIDTH / 32 + group];
                    double value =
                            (double) coarseScale(found, row, group) * coarse(found, row, i)
                                    + (double) fineScale * fine(found, row, i);
                    assertThat(value).isCloseTo(x[row * WIDTH + i], within(0.51 * fineScale));
                    int before = i % 4 == 0 ? 0 : fine(found, row, i - 1);
                    int difference = found.fine.differences[row * WIDTH + i];
                    assertThat((short) difference)
                            .isEqualTo((short) (fine(found, row, i) - 16 * before));
                    assertThat(difference >> 16).isEqualTo((short) difference);
                    assertThat(found.fine.halfScales[row * WIDTH / 16 + i / 16])
                            .isEqualTo(fineScale);
                }
            }
        }
        assertThat(fine / 32).isBetween(ROWS / 2, ROWS);
    }

    @Test
    void sumsAreThoseOfTheQuantisedValues() {
        float[] x = values();

        QuantPairs found = quantize(x, ROWS);

        for (int row = 0; row < ROWS; row++) {
            for (int group = 0; group < WIDTH / 32; group++) {
                float scale = coarseScale(found, row, group);
                double sum = 0;
                int quants = 0;
                for (int i = 32 * group; i < 32 * group + 32; i++) {
                    quants += coarse(found, row, i);
                    sum += (double) scale * coarse(found, row, i);
                    if (standsOut(found, row, group)) {
                        float fineScale = found.fine.scales[row * WIDTH / 32 + group];
                        sum += (double) fineScale * fine(found, row, i);
                    }
                }
                assertThat(found.coarse.centres[row * WIDTH / 32 + group])
                        .isEqualTo(((8 * quants) & 0xFFFF) | (8 * quants) << 16);
                assertThat((double) found.sum[inQuads(row, group, WIDTH / 32)])
                        .isCloseTo(sum, within(1e-6 * 4064 * scale));
            }
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

            assertThat(standsOut(quantize(x, 1), 0, 2)).isEqualTo(ratio > 1);
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
