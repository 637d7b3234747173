package dev.altiplano.compute.machine;

import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/** Rows of weights as they lie in a file. */
record Matrix(TensorFormat format, int outputs, int inputs, MemorySegment bytes) {
    /** Encoded from numbers about 1; every seventh block has large ones. */
    static Matrix random(TensorFormat format, int outputs, int inputs, SplittableRandom random) {
        MemorySegment bytes =
                MemorySegment.ofArray(new byte[(int) format.sizeBytes((long) outputs * inputs)]);
        float[] row = new float[inputs];
        for (int output = 0; output < outputs; output++) {
            for (int i = 0; i < inputs; i++) {
                float scale = i / 32 % 7 == 6 ? 100 : 1;
                row[i] = scale * (float) random.nextGaussian(0.1, 1);
            }
            format.encoder()
                    .orElseThrow()
                    .encode(row, 0, bytes, output * format.sizeBytes(inputs), inputs);
        }
        return new Matrix(format, outputs, inputs, bytes);
    }

    long rowBytes() {
        return format.sizeBytes(inputs);
    }

    void decode(int output, float[] row) {
        format.decoder().decode(bytes, output * rowBytes(), row, 0, inputs);
    }

    /** The largest magnitude of a weight. */
    double largest() {
        double largest = 0;
        float[] row = new float[inputs];
        for (int output = 0; output < outputs; output++) {
            decode(output, row);
            for (float weight : row) {
                largest = Math.max(largest, Math.abs(weight));
            }
        }
        return largest;
    }
}
