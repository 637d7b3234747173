package dev.altiplano.compute.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.altiplano.compute.machine.Guarded.Side;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class RowFunctionsTest {
    private static final int WIDTH = 128;

    @BeforeAll
    static void needsMachineCode() {
        assumeTrue(Isa.available().findAny().isPresent(), "no machine code here");
    }

    @Test
    void quantisesByTheDefinitionOfTheLayout() {
        SplittableRandom random = new SplittableRandom(1);
        int rows = 34;
        float[] values = new float[rows * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * Math.pow(10, i / WIDTH - 17));
        }
        Arrays.fill(values, 3 * WIDTH, 3 * WIDTH + 32, 0f);
        for (int row = 0; row < rows; row += 2) {
            values[row * WIDTH + 3 * row] = (float) (30 * Math.pow(10, row - 17)); // stands out
        }
        Activations expected = new Activations(rows, WIDTH, true, values);

        byte[] found = quantize(values, rows);

        assertThat(found).isEqualTo(expected.bytes.toArray(ValueLayout.JAVA_BYTE));
        assertThat(fineBlocks(found)).isBetween(rows / 2, rows);
    }

    private static int fineBlocks(byte[] blocks) {
        int count = 0;
        for (int at = 0; at < blocks.length; at += ActivationLayout.BLOCK_BYTES) {
            MemorySegment block = MemorySegment.ofArray(blocks).asSlice(at);
            float fineScale =
                    block.get(ValueLayout.JAVA_FLOAT_UNALIGNED, ActivationLayout.FINE_SCALE);
            count += fineScale == 0 ? 0 : 1;
        }
        return count;
    }

    /** A sum of exact integers, times a scale: no rounding differs. */
    private static byte[] quantize(float[] values, int rows) {
        int width = values.length / rows;
        try (Guarded blocks = new Guarded(rows * ActivationLayout.rowBytes(width), Side.LAST)) {
            new RowFunctions()
                    .quantize(MemorySegment.ofArray(values), 0, rows, width, blocks.bytes, 0);
            return blocks.bytes.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    @Test
    void aNumberThatIsNoneReachesTheScale() {
        for (float odd :
                new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            float[] values = new float[32];
            values[17] = odd;
            byte[] block = quantize(values, 1);

            float scale = MemorySegment.ofArray(block).get(ValueLayout.JAVA_FLOAT_UNALIGNED, 0);
            assertThat(Float.isFinite(scale)).isFalse();
        }
    }

    @Test
    void readsAndWritesNothingOutsideItsRows() {
        SplittableRandom random = new SplittableRandom(2);
        RowFunctions rows = new RowFunctions();
        for (Side side : Side.values()) {
            for (int count = 8; count <= 64; count += 8) {
                try (Guarded x = new Guarded(4L * count, side);
                        Guarded y = new Guarded(4L * count, side);
                        Guarded sums = new Guarded(32, side)) {
                    fill(x.bytes, random);
                    fill(y.bytes, random);
                    rows.squares(x.bytes, 0, count, sums.bytes);
                    rows.scale(x.bytes, 0, y.bytes, x.bytes, count, 0.5f);
                    rows.siluMultiply(x.bytes, y.bytes, 0, count);
                    if (count % 32 == 0) {
                        try (Guarded blocks = new Guarded(ActivationLayout.rowBytes(count), side)) {
                            rows.quantize(x.bytes, 0, 1, count, blocks.bytes, 0);
                        }
                    }
                }
            }
        }
    }

    private static void fill(MemorySegment segment, SplittableRandom random) {
        for (long i = 0; i < segment.byteSize() / 4; i++) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i, (float) random.nextGaussian());
        }
    }

    @Test
    void siluIsWithinAFewUnitsInTheLastPlace() {
        float[] gate = new float[4000];
        float[] up = new float[4000];
        for (int i = 0; i < gate.length; i++) {
            gate[i] = (i - 2000) / 25f;
            up[i] = 2;
        }
        float[] x = gate.clone();

        new RowFunctions()
                .siluMultiply(MemorySegment.ofArray(gate), MemorySegment.ofArray(up), 0, 4000);

        for (int i = 0; i < x.length; i++) {
            double expected = 2 * x[i] / (1 + Math.exp(-x[i]));
            assertThat((double) gate[i])
                    .isCloseTo(expected, within(1e-30 + Math.abs(expected) * 1.5e-6));
        }
    }

    @Test
    void refusesRangesThatAreNotThere() {
        RowFunctions rows = new RowFunctions();
        MemorySegment eight = MemorySegment.ofArray(new float[8]);
        MemorySegment sixteen = MemorySegment.ofArray(new float[16]);

        assertThatThrownBy(() -> rows.siluMultiply(sixteen, eight, 0, 16))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> rows.siluMultiply(sixteen, sixteen, 9, 8))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> rows.siluMultiply(sixteen, sixteen, 0, 7))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rows.siluMultiply(sixteen, sixteen, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
