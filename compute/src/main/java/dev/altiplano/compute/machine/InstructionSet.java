package dev.altiplano.compute.machine;

import dev.altiplano.compute.x86.Vec;

/** The two families of vector instructions that kernels are emitted for. */
public enum InstructionSet {
    /** AVX2, FMA and F16C: 16 registers of 8 floats. */
    AVX2(Vec.Width.YMM, 16),
    /** AVX-512 F, BW, VL, DQ and VNNI: 32 registers of 16 floats. */
    AVX512(Vec.Width.ZMM, 32);

    private final Vec.Width width;
    private final int registers;

    InstructionSet(Vec.Width width, int registers) {
        this.width = width;
        this.registers = registers;
    }

    /** The width of a vector; a panel has as many rows as it has 32-bit lanes. */
    public Vec.Width width() {
        return width;
    }

    public int lanes() {
        return width.lanes();
    }

    public int registers() {
        return registers;
    }

    Vec vector(int number) {
        return Vec.of(width, number);
    }
}
