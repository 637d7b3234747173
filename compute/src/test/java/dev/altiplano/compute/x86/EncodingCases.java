package dev.altiplano.compute.x86;

import dev.altiplano.compute.x86.Vec.Width;
import dev.altiplano.compute.x86.VectorOp.Encodings;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Every vector instruction with low, middle and high registers, masks, and every shape of memory
 * operand, and the general-purpose ones; each as text in Intel's syntax and as our bytes.
 */
final class EncodingCases {
    /** One instruction. */
    record Case(String text, String hex) {}

    private static final List<Mem> PLACES =
            List.of(
                    Mem.at(Gpr.RDI),
                    Mem.at(Gpr.RBP),
                    Mem.at(Gpr.R13),
                    Mem.at(Gpr.RSP, 64),
                    Mem.at(Gpr.R12, 3),
                    Mem.at(Gpr.R8, Gpr.RCX, 4, 1024),
                    Mem.at(Gpr.RAX, Gpr.R9, 8, -4096),
                    Mem.at(Gpr.R13, Gpr.R15, 1, 0));

    private final List<Case> cases = new ArrayList<>();

    private EncodingCases() {}

    static List<Case> all() {
        EncodingCases all = new EncodingCases();
        for (VectorOp op : VectorOp.values()) {
            for (Width width : Width.values()) {
                if (exists(op, width)) {
                    all.addVector(op, width);
                }
            }
        }
        all.addGeneral();
        return all.cases;
    }

    /** Whether the instruction's widest operand can have {@code width}. */
    private static boolean exists(VectorOp op, Width width) {
        return switch (op) {
            case VMOVSS_STORE -> width == Width.XMM;
            case VEXTRACTF128, VPERMQ -> width != Width.XMM;
            case VEXTRACTF64X4 -> width == Width.ZMM;
            default -> op.encodings != Encodings.VEX || width != Width.ZMM;
        };
    }

    private void addVector(VectorOp op, Width width) {
        boolean vex = op.encodings != Encodings.EVEX && width != Width.ZMM;
        boolean evex = !isScalar(op) && op.encodings != Encodings.VEX;
        if (vex) {
            addRegisters(op, width, 1);
            addRegisters(op, width, 5);
            PLACES.forEach(place -> addMemory(op, Vec.of(width, 2), Vec.of(width, 11), place));
        }
        if (evex) {
            addRegisters(op, width, 17);
            for (Mem place : PLACES) {
                addMemory(op, Vec.of(width, 19), Vec.of(width, 26), place);
                addMemory(op, Vec.of(width, 19), Vec.of(width, 6), place.plus(width.bytes()));
            }
            if (op.form == VectorOp.Form.THREE && op.tuple == VectorOp.Tuple.FULL) {
                Vec dst = Vec.of(width, 30);
                addMemory(op, dst.merging(Mask.K3), dst, Mem.at(Gpr.RSI, 8));
                addMemory(op, dst.zeroing(Mask.K7), dst, Mem.at(Gpr.RSI, 8).spread());
            }
        }
    }

    private static boolean isScalar(VectorOp op) {
        return op == VectorOp.VMOVSS_STORE;
    }

    private void addRegisters(VectorOp op, Width width, int first) {
        Vec a = Vec.of(width, first);
        Vec b = Vec.of(width, first + 2);
        Vec narrow = Vec.of(narrow(op, width), first + 4);
        boolean immediate = hasImmediate(op);
        switch (op.form) {
            case THREE -> {
                if (immediate) {
                    add(
                            name(op, a, false) + a + "," + b + "," + narrow + ",1",
                            s -> s.emit(op, a, b, narrow, 1));
                } else {
                    add(
                            name(op, a, false) + a + "," + b + "," + narrow,
                            s -> s.emit(op, a, b, narrow));
                }
            }
            case SHIFT -> add(name(op, a, false) + a + "," + b + ",4", s -> s.emit(op, a, b, 4));
            case TWO -> {
                if (isMove(op)) {
                    return; // the assembler may take the store's encoding
                }
                if (immediate) {
                    add(
                            name(op, a, false) + a + "," + narrow + ",3",
                            s -> s.emit(op, a, narrow, 3));
                } else {
                    add(name(op, a, false) + a + "," + narrow, s -> s.emit(op, a, narrow));
                }
            }
            case STORE -> {
                if (!isMove(op)) {
                    add(
                            name(op, a, false) + narrow + "," + a + ",1",
                            s -> s.emit(op, narrow, a, 1));
                }
            }
        }
    }

    private void addMemory(VectorOp op, Vec dst, Vec a, Mem place) {
        boolean evexText = dst.number() > 15 || dst.width() == Width.ZMM;
        String name = name(op, dst, evexText);
        String size = size(op, dst.width(), place.broadcast());
        String at =
                size + place + (place.broadcast() ? "{1to%d}".formatted(dst.width().lanes()) : "");
        switch (op.form) {
            case THREE -> {
                if (!hasImmediate(op)) {
                    add(name + dst + "," + a + "," + at, s -> s.emit(op, dst, a, place));
                }
            }
            case TWO -> {
                if (!hasImmediate(op)) {
                    add(name + dst + "," + at, s -> s.emit(op, dst, place));
                }
            }
            case STORE -> {
                if (hasImmediate(op)) {
                    add(name + at + "," + dst + ",1", s -> s.emit(op, place, dst, 1));
                } else {
                    add(name + at + "," + dst, s -> s.emit(op, place, dst));
                }
            }
            case SHIFT -> {}
        }
    }

    private static boolean isMove(VectorOp op) {
        return op.name().startsWith("VMOV");
    }

    private static boolean hasImmediate(VectorOp op) {
        return op.map == VectorOp.OpcodeMap.M0F3A || op == VectorOp.VPSHUFD;
    }

    /** The width of the operand that may be narrower than the others. */
    private static Width narrow(VectorOp op, Width width) {
        return switch (op.tuple) {
            case FULL, FULL_MEMORY -> width;
            case HALF -> width == Width.ZMM ? Width.YMM : Width.XMM;
            case VECTOR_32 -> Width.YMM;
            case QUARTER, SCALAR_4, VECTOR_16 -> Width.XMM;
        };
    }

    private static String name(VectorOp op, Vec dst, boolean evexMemory) {
        boolean evex = evexMemory || dst.number() > 15 || dst.width() == Width.ZMM;
        String name = op.name().replaceAll("_STORE$", "").toLowerCase(Locale.ROOT);
        String full =
                !evex
                        ? name
                        : switch (op) {
                            case VPAND, VPOR, VPXOR -> name + "d";
                            case VEXTRACTF128 -> "vextractf32x4";
                            default -> name;
                        };
        return full + " ";
    }

    private static String size(VectorOp op, Width width, boolean broadcast) {
        return switch (op.tuple.unitBytes(width, broadcast)) {
            case 4 -> "DWORD PTR ";
            case 8 -> "QWORD PTR ";
            case 16 -> "XMMWORD PTR ";
            case 32 -> "YMMWORD PTR ";
            default -> "ZMMWORD PTR ";
        };
    }

    private void addGeneral() {
        for (Gpr a : List.of(Gpr.RAX, Gpr.RSP, Gpr.RBP, Gpr.R8, Gpr.R12, Gpr.R13)) {
            for (Gpr b : List.of(Gpr.RCX, Gpr.R15)) {
                add("mov " + a + "," + b, s -> s.mov(a, b));
                add("add " + a + "," + b, s -> s.add(a, b));
                add("sub " + a + "," + b, s -> s.sub(a, b));
                add("imul " + a + "," + b, s -> s.imul(a, b));
                add("cmp " + a + "," + b, s -> s.cmp(a, b));
                add("test " + a + "," + b, s -> s.test(a, b));
            }
            add("mov " + a + ",-5", s -> s.mov(a, -5));
            add("movabs " + a + ",1311768467463790320", s -> s.mov(a, 1311768467463790320L));
            add("shl " + a + ",7", s -> s.shl(a, 7));
            add("shr " + a + ",7", s -> s.shr(a, 7));
            add("push " + a, s -> s.push(a));
            add("pop " + a, s -> s.pop(a));
            add("add " + a + ",127", s -> s.add(a, 127));
            add("sub " + a + ",8", s -> s.sub(a, 8));
            add("and " + a + ",-64", s -> s.and(a, -64));
            add("cmp " + a + ",15", s -> s.cmp(a, 15));
        }
        add("add rcx,4096", s -> s.add(Gpr.RCX, 4096));
        add("cmp r9,-4096", s -> s.cmp(Gpr.R9, -4096));
        for (Mem place : PLACES) {
            add("mov r10," + place, s -> s.load(Gpr.R10, place));
            add("mov " + place + ",rdx", s -> s.store(place, Gpr.RDX));
            add("mov " + place + ",r11d", s -> s.storeInt(place, Gpr.R11));
            add("mov " + place + ",edx", s -> s.storeInt(place, Gpr.RDX));
            add("mov r11d," + place, s -> s.loadInt(Gpr.R11, place));
            add("mov edx," + place, s -> s.loadInt(Gpr.RDX, place));
            add("or r11d," + place, s -> s.orInt(Gpr.R11, place));
            add("or edx," + place, s -> s.orInt(Gpr.RDX, place));
            add("movzx r11d,WORD PTR " + place, s -> s.loadShort(Gpr.R11, place));
            add("movzx edx,WORD PTR " + place, s -> s.loadShort(Gpr.RDX, place));
            add("mov " + place + ",r11w", s -> s.storeShort(place, Gpr.R11));
            add("mov " + place + ",dx", s -> s.storeShort(place, Gpr.RDX));
            add("lea rsi," + place, s -> s.lea(Gpr.RSI, place));
            add("prefetcht0 " + place, s -> s.prefetch(place));
        }
        add("ret", Assembler::ret);
        add("cpuid", Assembler::cpuid);
        add("xgetbv", Assembler::xgetbv);
        add("vzeroupper", Assembler::vzeroupper);
    }

    private void add(String text, Consumer<Assembler> instruction) {
        Assembler assembler = new Assembler();
        instruction.accept(assembler);
        cases.add(new Case(text, HexFormat.of().formatHex(assembler.toBytes())));
    }
}
