package dev.altiplano.compute.x86;

import dev.altiplano.compute.x86.VectorOp.Form;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns instructions into the bytes of x86-64 machine code, in the order of its calls. Operands
 * come in Intel's order, destination first. What cannot be encoded is refused with {@link
 * IllegalArgumentException}; what can be encoded is not judged further.
 *
 * <p>Vector instructions take VEX where that suffices and EVEX where 512 bits, registers 16 to 31,
 * a mask or a broadcast ask for it. Jumps always take 32 bits: kernels have few. Owned by one
 * thread.
 *
 * <p>Source: Intel SDM volume 2, chapters 2 to 5.
 */
public final class Assembler {
    private record Jump(int offset, Label target) {}

    private final CodeBuffer code = new CodeBuffer();
    private final List<Jump> jumps = new ArrayList<>();

    /** The code, with every jump resolved. */
    public byte[] toBytes() {
        for (Jump jump : jumps) {
            int next = jump.offset() + Integer.BYTES;
            code.setInt(jump.offset(), jump.target().offset() - next);
        }
        return code.toBytes();
    }

    /** Makes {@code label} mean this place. */
    public void bind(Label label) {
        label.bind(code.size());
    }

    /** Fills with instructions that do nothing up to a multiple of {@code bytes}. */
    public void align(int bytes) {
        while (code.size() % bytes != 0) {
            code.add(0x90);
        }
    }

    // Vector instructions. A mask belongs to the destination; of a store, to the register stored.

    /** {@code op dst, a, b}. */
    public void emit(VectorOp op, Vec dst, Vec a, Vec b) {
        require(op, Form.THREE);
        Vec.Width width = wider(dst, wider(a, b.width()));
        VectorEncoding.write(code, op, dst, a.number(), new ModRm.Register(b.number()), width);
    }

    /** {@code op dst, a, [b]}. */
    public void emit(VectorOp op, Vec dst, Vec a, Mem b) {
        require(op, Form.THREE);
        VectorEncoding.write(code, op, dst, a.number(), new ModRm.Memory(b), wider(dst, a.width()));
    }

    /** {@code op dst, a, b, imm8}. */
    public void emit(VectorOp op, Vec dst, Vec a, Vec b, int immediate) {
        emit(op, dst, a, b);
        code.add(immediate);
    }

    /** {@code op dst, source}. */
    public void emit(VectorOp op, Vec dst, Vec source) {
        boolean stores = op.form == Form.STORE; // whose ModRM operand is the destination
        if (!stores) {
            require(op, Form.TWO);
        }
        Vec reg = stores ? source : dst;
        int rm = stores ? dst.number() : source.number();
        VectorEncoding.write(code, op, reg, 0, new ModRm.Register(rm), wider(dst, source.width()));
    }

    /** {@code op dst, [source]}. */
    public void emit(VectorOp op, Vec dst, Mem source) {
        require(op, Form.TWO);
        VectorEncoding.write(code, op, dst, 0, new ModRm.Memory(source), dst.width());
    }

    /** {@code op dst, source, imm8}. */
    public void emit(VectorOp op, Vec dst, Vec source, int immediate) {
        if (op.form == Form.SHIFT) {
            ModRm shifted = new ModRm.Register(source.number());
            Vec extension = Vec.of(dst.width(), op.extension);
            VectorEncoding.write(code, op, extension, dst.number(), shifted, dst.width());
        } else {
            emit(op, dst, source);
        }
        code.add(immediate);
    }

    /** {@code op [dst], source}. */
    public void emit(VectorOp op, Mem dst, Vec source) {
        require(op, Form.STORE);
        VectorEncoding.write(code, op, source, 0, new ModRm.Memory(dst), source.width());
    }

    /** {@code op [dst], source, imm8}. */
    public void emit(VectorOp op, Mem dst, Vec source, int immediate) {
        emit(op, dst, source);
        code.add(immediate);
    }

    /** To be run before returning to code that may use older vector instructions. */
    public void vzeroupper() {
        bytes(0xC5, 0xF8, 0x77);
    }

    private static Vec.Width wider(Vec a, Vec.Width b) {
        return a.width().compareTo(b) > 0 ? a.width() : b;
    }

    private static void require(VectorOp op, Form form) {
        if (op.form != form) {
            throw new IllegalArgumentException(
                    "%s: expected the operands of form %s, found those of %s"
                            .formatted(op, op.form, form));
        }
    }

    // General-purpose instructions, 64 bits unless the name says otherwise.

    public void mov(Gpr dst, Gpr source) {
        general(0x89, source.number(), new ModRm.Register(dst.number()));
    }

    /** The whole register becomes {@code value}. */
    public void mov(Gpr dst, long value) {
        if (value == (int) value) {
            general(0xC7, 0, new ModRm.Register(dst.number()));
            code.addInt((int) value);
        } else {
            bytes(0x48 | (dst.number() >> 3), 0xB8 | (dst.number() & 7));
            code.addLong(value);
        }
    }

    public void load(Gpr dst, Mem source) {
        general(0x8B, dst.number(), new ModRm.Memory(source));
    }

    public void store(Mem dst, Gpr source) {
        general(0x89, source.number(), new ModRm.Memory(dst));
    }

    /** Stores the low 32 bits. */
    public void storeInt(Mem dst, Gpr source) {
        ModRm rm = new ModRm.Memory(dst);
        rexIfNeeded(source.number(), rm);
        code.add(0x89);
        rm.write(code, source.number(), 1);
    }

    /** Loads 32 bits; the others become zero. */
    public void loadInt(Gpr dst, Mem source) {
        ModRm rm = new ModRm.Memory(source);
        rexIfNeeded(dst.number(), rm);
        code.add(0x8B);
        rm.write(code, dst.number(), 1);
    }

    /** {@code dst |= source} in 32 bits; the others become zero. */
    public void orInt(Gpr dst, Mem source) {
        ModRm rm = new ModRm.Memory(source);
        rexIfNeeded(dst.number(), rm);
        code.add(0x0B);
        rm.write(code, dst.number(), 1);
    }

    /** Loads 16 bits; the others become zero. */
    public void loadShort(Gpr dst, Mem source) {
        ModRm rm = new ModRm.Memory(source);
        rexIfNeeded(dst.number(), rm);
        bytes(0x0F, 0xB7);
        rm.write(code, dst.number(), 1);
    }

    /** Stores the low 16 bits. */
    public void storeShort(Mem dst, Gpr source) {
        ModRm rm = new ModRm.Memory(dst);
        code.add(0x66);
        rexIfNeeded(source.number(), rm);
        code.add(0x89);
        rm.write(code, source.number(), 1);
    }

    public void lea(Gpr dst, Mem place) {
        general(0x8D, dst.number(), new ModRm.Memory(place));
    }

    public void add(Gpr dst, Gpr source) {
        general(0x01, source.number(), new ModRm.Register(dst.number()));
    }

    public void add(Gpr dst, int value) {
        arithmetic(0, dst, value);
    }

    public void sub(Gpr dst, Gpr source) {
        general(0x29, source.number(), new ModRm.Register(dst.number()));
    }

    public void sub(Gpr dst, int value) {
        arithmetic(5, dst, value);
    }

    public void and(Gpr dst, int value) {
        arithmetic(4, dst, value);
    }

    public void imul(Gpr dst, Gpr source) {
        general(0x0F, 0xAF, dst.number(), new ModRm.Register(source.number()));
    }

    public void shl(Gpr dst, int bits) {
        general(0xC1, 4, new ModRm.Register(dst.number()));
        code.add(bits);
    }

    public void shr(Gpr dst, int bits) {
        general(0xC1, 5, new ModRm.Register(dst.number()));
        code.add(bits);
    }

    public void cmp(Gpr a, Gpr b) {
        general(0x39, b.number(), new ModRm.Register(a.number()));
    }

    public void cmp(Gpr a, int value) {
        arithmetic(7, a, value);
    }

    public void test(Gpr a, Gpr b) {
        general(0x85, b.number(), new ModRm.Register(a.number()));
    }

    /** Reads ahead into all levels of the cache; never faults. */
    public void prefetch(Mem place) {
        ModRm rm = new ModRm.Memory(place);
        rexIfNeeded(0, rm);
        bytes(0x0F, 0x18);
        rm.write(code, 1, 1);
    }

    public void push(Gpr source) {
        shortForm(0x50, source);
    }

    public void pop(Gpr dst) {
        shortForm(0x58, dst);
    }

    public void jump(Label target) {
        code.add(0xE9);
        jumpOffset(target);
    }

    public void jump(Condition condition, Label target) {
        bytes(0x0F, 0x80 | condition.code());
        jumpOffset(target);
    }

    public void ret() {
        code.add(0xC3);
    }

    /** What the processor can do: leaf in eax and ecx; answer in eax, ebx, ecx and edx. */
    public void cpuid() {
        bytes(0x0F, 0xA2);
    }

    /** What the system saves at a switch: register in ecx, answer in edx and eax. */
    public void xgetbv() {
        bytes(0x0F, 0x01, 0xD0);
    }

    private void arithmetic(int extension, Gpr dst, int value) {
        boolean isShort = value == (byte) value;
        general(isShort ? 0x83 : 0x81, extension, new ModRm.Register(dst.number()));
        if (isShort) {
            code.add(value);
        } else {
            code.addInt(value);
        }
    }

    private void shortForm(int opcode, Gpr register) {
        if (register.number() > 7) {
            code.add(0x41);
        }
        code.add(opcode | (register.number() & 7));
    }

    private void general(int opcode, int reg, ModRm rm) {
        rexW(reg, rm);
        code.add(opcode);
        rm.write(code, reg, 1);
    }

    private void general(int escape, int opcode, int reg, ModRm rm) {
        rexW(reg, rm);
        bytes(escape, opcode);
        rm.write(code, reg, 1);
    }

    private void rexW(int reg, ModRm rm) {
        code.add(0x48 | extensions(reg, rm));
    }

    private void rexIfNeeded(int reg, ModRm rm) {
        if (extensions(reg, rm) != 0) {
            code.add(0x40 | extensions(reg, rm));
        }
    }

    /** The fourth bits of the three registers. */
    private static int extensions(int reg, ModRm rm) {
        return (reg >> 3 << 2) | (rm.extendedIndex() << 1) | rm.extendedBase();
    }

    private void jumpOffset(Label target) {
        jumps.add(new Jump(code.size(), target));
        code.addInt(0);
    }

    private void bytes(int... values) {
        for (int value : values) {
            code.add(value);
        }
    }
}
