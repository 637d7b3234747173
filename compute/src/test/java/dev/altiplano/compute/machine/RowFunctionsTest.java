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
    @BeforeAll
    static void needsMachineCode() {
        assumeTrue(Isa.available().findAny().isPresent(), "no machine code here");
    }

    @Test
    void quantisesByTheDefinitionOfTheLayout() {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[32 * 40];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * Math.pow(10, i / 32 - 20));
        }
        Arrays.fill(values, 64, 96, 0f);
        for (int block = 3; block < 40; block += 2) {
            values[32 * block + block % 32] *= 50; // stands out
        }
        Activations expected = new Activations(1, values.length, true, values);

        assertThat(quantize(values)).isEqualTo(expected.bytes.toArray(ValueLayout.JAVA_BYTE));
    }

    /** A sum of exact integers, times a scale: no rounding differs. */
    private static byte[] quantize(float[] values) {
        try (Guarded blocks = new Guarded(ActivationLayout.rowBytes(values.length), Side.LAST)) {
            new RowFunctions()
                    .quantize(MemorySegment.ofArray(values), 0, blocks.bytes, 0, values.length);
            return blocks.bytes.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    @Test
    void aNumberThatIsNoneReachesTheScale() {
        for (float odd :
                new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            float[] values = new float[32];
            values[17] = odd;
            byte[] block = quantize(values);

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
                            rows.quantize(x.bytes, 0, blocks.bytes, 0, count);
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
