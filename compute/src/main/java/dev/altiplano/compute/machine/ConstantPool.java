package dev.altiplano.compute.machine;

import dev.altiplano.compute.x86.Assembler;
import dev.altiplano.compute.x86.Gpr;
import dev.altiplano.compute.x86.Mem;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The constants of one function: vectors with the same 32 bits in every lane. They lie outside the
 * code, as long as the process lives, like the code itself.
 */
final class ConstantPool {
    private static final int VECTOR_BYTES = 64;
    private static final int CONSTANTS_MAX = 32;

    private final MemorySegment vectors =
            Arena.global().allocate((long) VECTOR_BYTES * CONSTANTS_MAX, VECTOR_BYTES);
    private final List<Integer> constants = new ArrayList<>();
    private final Gpr base;

    /** The code may not use {@code base} for anything else. */
    ConstantPool(Gpr base) {
        this.base = base;
    }

    /** Emits what makes the constants reachable. */
    void open(Assembler code) {
        code.mov(base, vectors.address());
    }

    Mem of(float value) {
        return of(Float.floatToRawIntBits(value));
    }

    Mem of(int bits) {
        if (!constants.contains(bits)) {
            put(bits);
        }
        return Mem.at(base, constants.indexOf(bits) * VECTOR_BYTES);
    }

    private void put(int bits) {
        long at = (long) constants.size() * VECTOR_BYTES;
        for (int lane = 0; lane < VECTOR_BYTES / Integer.BYTES; lane++) {
            vectors.set(ValueLayout.JAVA_INT, at + (long) lane * Integer.BYTES, bits);
        }
        constants.add(bits);
    }
}
