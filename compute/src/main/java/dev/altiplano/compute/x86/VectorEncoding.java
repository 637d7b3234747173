package dev.altiplano.compute.x86;

import dev.altiplano.compute.x86.VectorOp.Encodings;
import dev.altiplano.compute.x86.VectorOp.OpcodeMap;

/**
 * Writes one vector instruction: VEX where that suffices, else EVEX.
 *
 * <p>Source: Intel SDM volume 2, 2.3.5 (VEX) and 2.7 (EVEX). Prefix bits that extend a register's
 * number are stored inverted.
 */
final class VectorEncoding {
    private VectorEncoding() {}

    /**
     * @param reg the register in ModRM's middle, with the mask of the instruction
     * @param second the number of the register in the prefix, 0 if there is none
     * @param width the widest operand
     */
    static void write(
            CodeBuffer code, VectorOp op, Vec reg, int second, ModRm rm, Vec.Width width) {
        boolean broadcast = rm instanceof ModRm.Memory memory && memory.place().broadcast();
        boolean high =
                reg.number() > 15
                        || second > 15
                        || (rm instanceof ModRm.Register register && register.number() > 15);
        boolean evex =
                op.encodings == Encodings.EVEX
                        || width == Vec.Width.ZMM
                        || high
                        || broadcast
                        || reg.mask() != Mask.K0;
        if (broadcast && op.tuple != VectorOp.Tuple.FULL) {
            throw new IllegalArgumentException(op + " cannot broadcast from memory");
        }
        if (evex && op.encodings == Encodings.VEX) {
            throw new IllegalArgumentException(op + " has no EVEX encoding");
        }
        if (evex) {
            evexPrefix(code, op, reg, second, rm, width, broadcast);
        } else {
            vexPrefix(code, op, reg, second, rm, width);
        }
        code.add(op.opcode);
        rm.write(code, reg.number(), evex ? op.tuple.unitBytes(width, broadcast) : 1);
    }

    /** Two bytes where nothing needs the third. */
    private static void vexPrefix(
            CodeBuffer code, VectorOp op, Vec reg, int second, ModRm rm, Vec.Width width) {
        int r = (~reg.number() << 4) & 0x80;
        int last = ((~second & 15) << 3) | (width.code() << 2) | op.prefix.code;
        if (op.map == OpcodeMap.M0F
                && op.w == 0
                && rm.extendedIndex() == 0
                && rm.extendedBase() == 0) {
            code.add(0xC5);
            code.add(r | last);
        } else {
            code.add(0xC4);
            code.add(r | inverted(rm) | op.map.code);
            code.add((op.w << 7) | last);
        }
    }

    /** Bits X and B of a prefix. */
    private static int inverted(ModRm rm) {
        return ((1 - rm.extendedIndex()) << 6) | ((1 - rm.extendedBase()) << 5);
    }

    private static void evexPrefix(
            CodeBuffer code,
            VectorOp op,
            Vec reg,
            int second,
            ModRm rm,
            Vec.Width width,
            boolean broadcast) {
        code.add(0x62);
        int r = ((~reg.number() << 4) & 0x80) | (~reg.number() & 0x10);
        code.add(r | inverted(rm) | op.map.code);
        code.add((op.w << 7) | ((~second & 15) << 3) | (1 << 2) | op.prefix.code);
        code.add(
                (reg.zeroing() ? 0x80 : 0)
                        | (width.code() << 5)
                        | (broadcast ? 0x10 : 0)
                        | ((~second >> 1) & 0x08)
                        | reg.mask().number());
    }
}
