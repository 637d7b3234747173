package dev.altiplano.bench;

import dev.altiplano.compute.Projection;
import dev.altiplano.compute.Shape;
import dev.altiplano.compute.Tensor;
import dev.altiplano.compute.TensorLocation;
import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Weights that cost no file: one random row, encoded, and again and again. */
final class MadeWeights {
    private MadeWeights() {}

    /** A projection from {@code inputs} values to {@code outputs}. */
    static Projection projection(TensorFormat format, int outputs, int inputs) {
        long rowBytes = format.sizeBytes(inputs);
        MemorySegment bytes = Arena.ofAuto().allocate(rowBytes * outputs, 64);
        format.encoder().orElseThrow().encode(floats(inputs), 0, bytes, 0, inputs);
        for (long at = rowBytes; at < bytes.byteSize(); at += rowBytes) {
            MemorySegment.copy(bytes, 0, bytes, at, rowBytes);
        }
        TensorLocation location = new TensorLocation(Path.of("made.gguf"), "weights", 0);
        return Projection.of(new Tensor(location, format, Shape.of(outputs, inputs), bytes));
    }

    /** From -1 to 1. */
    static float[] floats(int count) {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextDouble() * 2 - 1);
        }
        return values;
    }
}
