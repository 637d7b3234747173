package dev.altiplano.compute;

import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Made-up weights of any format, off the heap like those of a file. */
final class RandomTensors {
    private RandomTensors() {}

    /** Random blocks whose values are finite and not huge; a multiple of the block's columns. */
    static Tensor of(TensorFormat format, int rows, int columns, SplittableRandom random) {
        MemorySegment bytes = Arena.ofAuto().allocate(format.sizeBytes((long) rows * columns), 64);
        for (long at = 0; at < bytes.byteSize(); at += format.blockBytes()) {
            do {
                fill(bytes.asSlice(at, format.blockBytes()), random);
            } while (!isTame(format, bytes, at));
        }
        return new Tensor(location(), format, Shape.of(rows, columns), bytes);
    }

    static Tensor ofFloats(float[] values, long... dimensions) {
        MemorySegment bytes = Arena.ofAuto().allocate(ValueLayout.JAVA_FLOAT, values.length);
        MemorySegment.copy(values, 0, bytes, ValueLayout.JAVA_FLOAT, 0, values.length);
        return new Tensor(location(), TensorFormat.F32, Shape.of(dimensions), bytes);
    }

    static Tensor encoded(TensorFormat format, float[] values, int rows, int columns) {
        MemorySegment bytes = Arena.ofAuto().allocate(format.sizeBytes(values.length), 64);
        format.encoder().orElseThrow().encode(values, 0, bytes, 0, values.length);
        return new Tensor(location(), format, Shape.of(rows, columns), bytes);
    }

    static float[] floats(int count, SplittableRandom random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextDouble() * 2 - 1);
        }
        return values;
    }

    private static TensorLocation location() {
        return new TensorLocation(Path.of("random.gguf"), "weights", 0);
    }

    static void fill(MemorySegment bytes, SplittableRandom random) {
        byte[] values = new byte[(int) bytes.byteSize()];
        random.nextBytes(values);
        MemorySegment.copy(values, 0, bytes, ValueLayout.JAVA_BYTE, 0, values.length);
    }

    private static boolean isTame(TensorFormat format, MemorySegment bytes, long at) {
        float[] values = new float[format.blockWeights()];
        format.decoder().decode(bytes, at, values, 0, values.length);
        for (float value : values) {
            if (!(Math.abs(value) < 1000)) {
                return false;
            }
        }
        return true;
    }
}
