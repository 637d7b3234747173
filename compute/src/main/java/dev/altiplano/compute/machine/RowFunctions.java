package dev.altiplano.compute.machine;

import static dev.altiplano.compute.machine.MachineFunction.Parameter.LONG;
import static dev.altiplano.compute.machine.MachineFunction.Parameter.SEGMENT;
import static dev.altiplano.compute.machine.MachineFunction.requireBytes;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Kernels over rows of floats. Checks every range, since machine code checks nothing. Immutable,
 * safe for many threads.
 */
public final class RowFunctions {
    /** Rows must have a multiple of this many floats. */
    public static final int STEP = RowCode.STEP;

    private final MethodHandle quantize =
            MachineFunction.of(QuantizeCode.emit(), SEGMENT, LONG, LONG, LONG, LONG);
    private final MethodHandle squares =
            MachineFunction.of(RowCode.squares(), SEGMENT, LONG, LONG, LONG);
    private final MethodHandle scale =
            MachineFunction.of(RowCode.scale(), SEGMENT, SEGMENT, SEGMENT, LONG, LONG, LONG);
    private final MethodHandle siluMultiply =
            MachineFunction.of(RowCode.siluMultiply(), SEGMENT, SEGMENT, LONG, LONG);

    /**
     * Writes {@code rows} rows of {@code width} floats of {@code x}, from {@code index} on, to
     * {@code blocks} as {@link ActivationLayout}.
     *
     * @param blocks outside the heap, from {@code blocksOffset} bytes on
     */
    public void quantize(
            MemorySegment x,
            long index,
            int rows,
            int width,
            MemorySegment blocks,
            long blocksOffset) {
        requireStep(width, ActivationLayout.BLOCK_INPUTS);
        long rowBytes = ActivationLayout.rowBytes(width);
        requireBytes(x, index * Float.BYTES, (long) rows * width * Float.BYTES);
        requireBytes(blocks, blocksOffset, rows * rowBytes);
        long factor = Float.floatToRawIntBits(ActivationLayout.PEAK / width);
        for (int row = 0; row < rows; row++) {
            try {
                quantize.invokeExact(
                        x,
                        blocks.address() + blocksOffset + row * rowBytes,
                        (long) width / ActivationLayout.BLOCK_INPUTS,
                        (index + (long) row * width) * Float.BYTES,
                        factor);
            } catch (Throwable impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    /**
     * Writes the sums of squares of every eighth of {@code count} floats of {@code x} to the 8
     * {@code sums}, which are outside the heap.
     */
    public void squares(MemorySegment x, long index, int count, MemorySegment sums) {
        requireStep(count, STEP);
        requireFloats(x, index, count);
        requireFloats(sums, 0, STEP);
        try {
            squares.invokeExact(x, sums.address(), (long) count, index * Float.BYTES);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** {@code out = weight · (x · factor)}; x and out from {@code index} on. */
    public void scale(
            MemorySegment x,
            long index,
            MemorySegment weight,
            MemorySegment out,
            int count,
            float factor) {
        requireStep(count, STEP);
        requireFloats(x, index, count);
        requireFloats(weight, 0, count);
        requireFloats(out, index, count);
        try {
            scale.invokeExact(
                    x,
                    weight,
                    out,
                    (long) count,
                    (long) Float.floatToRawIntBits(factor),
                    index * Float.BYTES);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** {@code gate = gate / (1 + exp(-gate)) · up}; both from {@code index} on. */
    public void siluMultiply(MemorySegment gate, MemorySegment up, long index, int count) {
        requireStep(count, STEP);
        requireFloats(gate, index, count);
        requireFloats(up, index, count);
        try {
            siluMultiply.invokeExact(gate, up, (long) count, index * Float.BYTES);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void requireFloats(MemorySegment segment, long index, int count) {
        requireBytes(segment, index * Float.BYTES, (long) count * Float.BYTES);
    }

    private static void requireStep(int count, int step) {
        if (count < step || count % step != 0) {
            throw new IllegalArgumentException(
                    "expected a multiple of %d floats, found %d".formatted(step, count));
        }
    }
}
