package dev.altiplano.compute.x86;

import java.util.Optional;

/**
 * The operand that may be memory, and the bytes that name it: ModRM, SIB and displacement.
 *
 * <p>Source: Intel SDM volume 2, 2.1.3 and table 2-2.
 */
sealed interface ModRm {
    /** A register by its number, 0 to 31. */
    record Register(int number) implements ModRm {}

    /** A place in memory. */
    record Memory(Mem place) implements ModRm {}

    /** Bit 3 of the base or of a register: what prefixes call B. */
    default int extendedBase() {
        return switch (this) {
            case Register register -> (register.number() >> 3) & 1;
            case Memory memory -> memory.place().base().number() >> 3;
        };
    }

    /** Bit 3 of the index, or bit 4 of a vector register: what prefixes call X. */
    default int extendedIndex() {
        return switch (this) {
            case Register register -> register.number() >> 4;
            case Memory memory -> memory.place().index().map(Gpr::number).orElse(0) >> 3;
        };
    }

    /**
     * Writes the bytes.
     *
     * @param reg what the middle bits hold: a register or a part of the opcode
     * @param unitBytes what a short displacement counts in: 1, except under EVEX
     */
    default void write(CodeBuffer code, int reg, int unitBytes) {
        int middle = (reg & 7) << 3;
        switch (this) {
            case Register register -> code.add(0xC0 | middle | (register.number() & 7));
            case Memory memory -> write(code, middle, memory.place(), unitBytes);
        }
    }

    private static void write(CodeBuffer code, int middle, Mem place, int unitBytes) {
        int base = place.base().number() & 7;
        int displacement = place.displacement();
        boolean isShort =
                displacement % unitBytes == 0
                        && displacement / unitBytes == (byte) (displacement / unitBytes);
        // Without a displacement, the encoding of rbp and r13 means something else.
        boolean none = displacement == 0 && base != Gpr.RBP.number();
        int mode = none ? 0x00 : isShort ? 0x40 : 0x80;
        Optional<Gpr> index = place.index();
        if (index.isPresent() || base == Gpr.RSP.number()) {
            int scale = Integer.numberOfTrailingZeros(place.scale()) << 6;
            int indexBits = index.map(Gpr::number).orElse(Gpr.RSP.number()) & 7;
            code.add(mode | middle | Gpr.RSP.number());
            code.add(scale | (indexBits << 3) | base);
        } else {
            code.add(mode | middle | base);
        }
        if (mode == 0x40) {
            code.add(displacement / unitBytes);
        } else if (mode == 0x80) {
            code.addInt(displacement);
        }
    }
}
