package dev.altiplano.compute.x86;

import static dev.altiplano.compute.x86.VectorOp.Encodings.EVEX;
import static dev.altiplano.compute.x86.VectorOp.Encodings.VEX;
import static dev.altiplano.compute.x86.VectorOp.Form.SHIFT;
import static dev.altiplano.compute.x86.VectorOp.Form.STORE;
import static dev.altiplano.compute.x86.VectorOp.Form.THREE;
import static dev.altiplano.compute.x86.VectorOp.Form.TWO;
import static dev.altiplano.compute.x86.VectorOp.OpcodeMap.M0F;
import static dev.altiplano.compute.x86.VectorOp.OpcodeMap.M0F38;
import static dev.altiplano.compute.x86.VectorOp.OpcodeMap.M0F3A;
import static dev.altiplano.compute.x86.VectorOp.Prefix.NONE;
import static dev.altiplano.compute.x86.VectorOp.Prefix.P66;
import static dev.altiplano.compute.x86.VectorOp.Prefix.PF3;
import static dev.altiplano.compute.x86.VectorOp.Tuple.FULL;
import static dev.altiplano.compute.x86.VectorOp.Tuple.FULL_MEMORY;
import static dev.altiplano.compute.x86.VectorOp.Tuple.HALF;
import static dev.altiplano.compute.x86.VectorOp.Tuple.QUARTER;
import static dev.altiplano.compute.x86.VectorOp.Tuple.SCALAR_4;
import static dev.altiplano.compute.x86.VectorOp.Tuple.VECTOR_16;
import static dev.altiplano.compute.x86.VectorOp.Tuple.VECTOR_32;

/**
 * The vector instructions that kernels use, each with what its encoding needs. The same entry
 * serves VEX (AVX2) and EVEX (AVX-512); integer logic is spelled as in AVX2 and means its 32-bit
 * form under EVEX. A name with {@code _STORE} writes memory.
 */
public enum VectorOp {
    // Moves and broadcasts.
    VMOVUPS(NONE, M0F, 0, 0x10, TWO, FULL_MEMORY),
    VMOVUPS_STORE(NONE, M0F, 0, 0x11, STORE, FULL_MEMORY),
    VMOVSS_STORE(PF3, M0F, 0, 0x11, STORE, SCALAR_4),
    VBROADCASTSS(P66, M0F38, 0, 0x18, TWO, SCALAR_4),
    VPBROADCASTD(P66, M0F38, 0, 0x58, TWO, SCALAR_4),
    // Between halves.
    VEXTRACTF128(P66, M0F3A, 0, 0x19, STORE, VECTOR_16),
    VEXTRACTF64X4(P66, M0F3A, 1, 0x1B, STORE, VECTOR_32, EVEX),
    VPERMQ(P66, M0F3A, 1, 0x00, TWO, FULL),
    // Within 16-byte lanes.
    VPSHUFD(P66, M0F, 0, 0x70, TWO, FULL),
    VPACKSSDW(P66, M0F, 0, 0x6B, THREE, FULL),
    VPACKSSWB(P66, M0F, 0, 0x63, THREE, FULL_MEMORY),
    // Integer arithmetic.
    VPADDD(P66, M0F, 0, 0xFE, THREE, FULL),
    VPADDW(P66, M0F, 0, 0xFD, THREE, FULL_MEMORY),
    VPABSB(P66, M0F38, 0, 0x1C, TWO, FULL_MEMORY),
    /** {@code dst = a} with the sign of {@code b}; 0 where {@code b} is. */
    VPSIGNB(P66, M0F38, 0, 0x08, THREE, FULL_MEMORY, VEX),
    VPMAXSD(P66, M0F38, 0, 0x3D, THREE, FULL),
    VPMULLD(P66, M0F38, 0, 0x40, THREE, FULL),
    VPMADDWD(P66, M0F, 0, 0xF5, THREE, FULL_MEMORY),
    /** Unsigned bytes of {@code a} by signed bytes of {@code b}; pairs are added in 16 bits. */
    VPMADDUBSW(P66, M0F38, 0, 0x04, THREE, FULL_MEMORY),
    /** Four products, unsigned by signed bytes, added to a 32-bit lane: AVX-512 VNNI. */
    VPDPBUSD(P66, M0F38, 0, 0x50, THREE, FULL, EVEX),
    // Logic and shifts.
    VPAND(P66, M0F, 0, 0xDB, THREE, FULL),
    VPOR(P66, M0F, 0, 0xEB, THREE, FULL),
    VPXOR(P66, M0F, 0, 0xEF, THREE, FULL),
    VPSRLD(P66, M0F, 0, 0x72, 2, SHIFT, FULL),
    /** Each lane by its own count. */
    VPSRLVD(P66, M0F38, 0, 0x45, THREE, FULL),
    VPSRAD(P66, M0F, 0, 0x72, 4, SHIFT, FULL),
    VPSLLD(P66, M0F, 0, 0x72, 6, SHIFT, FULL),
    // Widening and conversion.
    VPMOVSXBD(P66, M0F38, 0, 0x21, TWO, QUARTER),
    VPMOVZXWD(P66, M0F38, 0, 0x33, TWO, HALF),
    VCVTDQ2PS(NONE, M0F, 0, 0x5B, TWO, FULL),
    /** Rounds to nearest, ties to even. */
    VCVTPS2DQ(P66, M0F, 0, 0x5B, TWO, FULL),
    VCVTPH2PS(P66, M0F38, 0, 0x13, TWO, HALF),
    // Floating point.
    VADDPS(NONE, M0F, 0, 0x58, THREE, FULL),
    VSUBPS(NONE, M0F, 0, 0x5C, THREE, FULL),
    VMULPS(NONE, M0F, 0, 0x59, THREE, FULL),
    VDIVPS(NONE, M0F, 0, 0x5E, THREE, FULL),
    VMINPS(NONE, M0F, 0, 0x5D, THREE, FULL),
    VMAXPS(NONE, M0F, 0, 0x5F, THREE, FULL),
    VXORPS(NONE, M0F, 0, 0x57, THREE, FULL),
    /** {@code dst = a · b + dst}. */
    VFMADD231PS(P66, M0F38, 0, 0xB8, THREE, FULL),
    /** {@code dst = dst · a + b}. */
    VFMADD213PS(P66, M0F38, 0, 0xA8, THREE, FULL),
    /** {@code dst = dst - a · b}. */
    VFNMADD231PS(P66, M0F38, 0, 0xBC, THREE, FULL);

    /** Which operands there are. */
    enum Form {
        /** dst, register, register or memory. */
        THREE,
        /** dst, register or memory. */
        TWO,
        /** Memory or register, register: the destination is the ModRM operand. */
        STORE,
        /** dst, register, immediate: the destination is in the prefix. */
        SHIFT
    }

    /** The opcode map, with its number in the prefix. */
    enum OpcodeMap {
        M0F(1),
        M0F38(2),
        M0F3A(3);

        final int code;

        OpcodeMap(int code) {
            this.code = code;
        }
    }

    /** The legacy prefix that became two bits. */
    enum Prefix {
        NONE(0),
        P66(1),
        PF3(2);

        final int code;

        Prefix(int code) {
            this.code = code;
        }
    }

    /** How many bytes of memory an instruction reads: the unit of EVEX's short displacements. */
    enum Tuple {
        /** The vector, or one 32-bit element when that is broadcast. */
        FULL,
        FULL_MEMORY,
        HALF,
        QUARTER,
        SCALAR_4,
        VECTOR_16,
        VECTOR_32;

        int unitBytes(Vec.Width width, boolean broadcast) {
            return switch (this) {
                case FULL -> broadcast ? Integer.BYTES : width.bytes();
                case FULL_MEMORY -> width.bytes();
                case HALF -> width.bytes() / 2;
                case QUARTER -> width.bytes() / 4;
                case SCALAR_4 -> 4;
                case VECTOR_16 -> 16;
                case VECTOR_32 -> 32;
            };
        }
    }

    /** Which encodings there are. */
    enum Encodings {
        BOTH,
        VEX,
        EVEX
    }

    final Prefix prefix;
    final OpcodeMap map;
    final int w;
    final int opcode;

    /** What the ModRM byte holds in place of a register; only of {@link Form#SHIFT}. */
    final int extension;

    final Form form;
    final Tuple tuple;
    final Encodings encodings;

    VectorOp(Prefix prefix, OpcodeMap map, int w, int opcode, Form form, Tuple tuple) {
        this(prefix, map, w, opcode, 0, form, tuple, Encodings.BOTH);
    }

    VectorOp(
            Prefix prefix,
            OpcodeMap map,
            int w,
            int opcode,
            Form form,
            Tuple tuple,
            Encodings encodings) {
        this(prefix, map, w, opcode, 0, form, tuple, encodings);
    }

    VectorOp(
            Prefix prefix,
            OpcodeMap map,
            int w,
            int opcode,
            int extension,
            Form form,
            Tuple tuple) {
        this(prefix, map, w, opcode, extension, form, tuple, Encodings.BOTH);
    }

    VectorOp(
            Prefix prefix,
            OpcodeMap map,
            int w,
            int opcode,
            int extension,
            Form form,
            Tuple tuple,
            Encodings encodings) {
        this.prefix = prefix;
        this.map = map;
        this.w = w;
        this.opcode = opcode;
        this.extension = extension;
        this.form = form;
        this.tuple = tuple;
        this.encodings = encodings;
    }
}
