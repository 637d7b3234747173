package dev.altiplano.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fast decoders against the scalar ones: the same bits for any bytes. */
final class VectorDecodersTest {
    private static final int MARGIN = 5;

    @ParameterizedTest
    @EnumSource
    void decodesTheSameBitsAsTheReference(TensorFormat format) {
        SplittableRandom random = new SplittableRandom(7);
        for (int blocks : new int[] {0, 1, 2, 3, 7, 15, 16, 17, 31, 32, 33, 100}) {
            int weights = blocks * format.blockWeights();
            MemorySegment bytes = Arena.ofAuto().allocate(MARGIN + format.sizeBytes(weights), 1);
            RandomTensors.fill(bytes, random);

            float[] expected = new float[MARGIN + weights];
            float[] found = new float[MARGIN + weights];
            format.decoder().decode(bytes, MARGIN, expected, MARGIN, weights);
            VectorDecoders.decode(format, bytes, MARGIN, found, MARGIN, weights);

            assertThat(found).as("%d blocks", blocks).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16"})
    void decodesEvery16BitNumber(TensorFormat format) {
        MemorySegment bytes = Arena.ofAuto().allocate(2 << 16, 2);
        for (int i = 0; i < 1 << 16; i++) {
            bytes.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) i);
        }
        float[] expected = new float[1 << 16];
        float[] found = new float[1 << 16];

        format.decoder().decode(bytes, 0, expected, 0, expected.length);
        VectorDecoders.decode(format, bytes, 0, found, 0, found.length);

        assertThat(found).isEqualTo(expected);
    }
}
