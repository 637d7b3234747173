package dev.altiplano.compute.machine;

import static dev.altiplano.compute.x86.Gpr.R10;
import static dev.altiplano.compute.x86.Gpr.R11;
import static dev.altiplano.compute.x86.Gpr.R12;
import static dev.altiplano.compute.x86.Gpr.R13;
import static dev.altiplano.compute.x86.Gpr.R14;
import static dev.altiplano.compute.x86.Gpr.R15;
import static dev.altiplano.compute.x86.Gpr.R8;
import static dev.altiplano.compute.x86.Gpr.R9;
import static dev.altiplano.compute.x86.Gpr.RAX;
import static dev.altiplano.compute.x86.Gpr.RBP;
import static dev.altiplano.compute.x86.Gpr.RBX;
import static dev.altiplano.compute.x86.Gpr.RCX;
import static dev.altiplano.compute.x86.Gpr.RDI;
import static dev.altiplano.compute.x86.Gpr.RDX;
import static dev.altiplano.compute.x86.Gpr.RSI;
import static dev.altiplano.compute.x86.Gpr.RSP;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS_STORE;
import static dev.altiplano.compute.x86.VectorOp.VPAND;
import static dev.altiplano.compute.x86.VectorOp.VXORPS;

import dev.altiplano.compute.x86.Assembler;
import dev.altiplano.compute.x86.Condition;
import dev.altiplano.compute.x86.Gpr;
import dev.altiplano.compute.x86.Label;
import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;
import java.util.List;

/**
 * Emits the product of one or two panels of weights with rows of activations. The function's
 * signature in C, System V convention:
 *
 * <pre>
 * void product(const void *weights, const void *x, float *out, long blocks, long tiles, long outStride,
 *              long outOffset)
 * </pre>
 *
 * <p>Panels follow each other; {@code x} holds {@code tiles · tokens} rows without gaps; the
 * results of a row go to {@code out}, one vector for each panel, and rows of results are {@code
 * outStride} bytes apart, from byte {@code outOffset} on.
 *
 * <p>The shape of the emitted code, where a tile is {@code panels × tokens} sums:
 *
 * <pre>
 * for each tile:  totals = 0
 *   for each block:
 *     for each section of the block:  totals += {@link BlockCode}
 *   out = totals
 * </pre>
 *
 * <p>A lane is one row of weights, and it adds its blocks in their order. So a result has the same
 * bits whatever tile it is computed in.
 */
final class ProductCode {
    // Arguments, where the convention puts them.
    private static final Gpr X = RSI;
    private static final Gpr OUT = RDX;
    private static final Gpr BLOCKS = RCX;
    private static final Gpr TILES = R8;
    private static final Gpr OUT_STRIDE = R9;

    private static final List<Gpr> WEIGHTS = List.of(RDI, R11);
    private static final Gpr X_STRIDE = RAX;
    private static final Gpr X_STRIDE_3 = R10; // with four tokens

    /** What to read ahead of the first panel; with one token. */
    private static final Gpr AHEAD = R10;

    private static final Gpr COUNTER = RBX;
    private static final Gpr PANEL_BYTES = R12;
    private static final Gpr TEMPORARY = R13;
    private static final Gpr CONSTANTS = R14;

    /** The section in progress, times {@link #sectionUnit}. */
    private static final Gpr SECTION = R15;

    private static final List<Gpr> SAVED = List.of(RBX, R12, R13, R14, R15);

    /** From RBP: beyond the saved RBP and the return address. */
    private static final int SEVENTH_ARGUMENT = 16;

    private static final int TOKENS_MAX = 4;
    private static final int CACHE_LINE_BYTES = 64;

    /** Further ahead took longer, see docs/performance.md. */
    private static final int AHEAD_BYTES = 1024;

    final Assembler code = new Assembler();
    final InstructionSet isa;
    final int panels;
    final int tokens;
    private final BlockCode block;
    private final ConstantPool constants = new ConstantPool(CONSTANTS);
    private final int frameBytes;

    private ProductCode(InstructionSet isa, BlockCode block, int panels, int tokens) {
        this.isa = isa;
        this.block = block;
        this.panels = panels;
        this.tokens = tokens;
        this.frameBytes = (sums() + panels * block.tableVectors()) * isa.width().bytes();
    }

    /** The code for tiles of {@code panels} (1 or 2) by {@code tokens} (1 to 4). */
    static byte[] emit(InstructionSet isa, BlockCode block, int panels, int tokens) {
        assert 1 <= panels && panels <= WEIGHTS.size() && 1 <= tokens && tokens <= TOKENS_MAX;
        ProductCode product = new ProductCode(isa, block, panels, tokens);
        product.emit();
        return product.code.toBytes();
    }

    int sums() {
        return panels * tokens;
    }

    private void emit() {
        enter();
        Label tile = new Label();
        code.align(16);
        code.bind(tile);
        if (block.hasTotals()) {
            clearTotals();
        }
        code.mov(COUNTER, BLOCKS);
        Label nextBlock = new Label();
        code.align(32);
        code.bind(nextBlock);
        if (tokens == 1) {
            aimAhead();
        }
        block.begin(this);
        sections();
        WEIGHTS.subList(0, panels).forEach(panel -> code.add(panel, block.panelBlockBytes(isa)));
        code.sub(COUNTER, 1);
        code.jump(Condition.NOT_EQUAL, nextBlock);
        if (block.hasTotals()) {
            writeTotals();
        }
        WEIGHTS.subList(0, panels).forEach(panel -> code.sub(panel, PANEL_BYTES));
        for (int token = 1; token < tokens; token++) {
            code.add(X, X_STRIDE); // the loop itself went over one row
        }
        code.lea(OUT, Mem.at(OUT, OUT_STRIDE, tokens == 3 ? 1 : tokens, 0));
        if (tokens == 3) {
            code.lea(OUT, Mem.at(OUT, OUT_STRIDE, 2, 0));
        }
        code.sub(TILES, 1);
        code.jump(Condition.NOT_EQUAL, tile);
        leave();
    }

    /**
     * Reads ahead: part {@code part} of {@code parts} of the section, of what comes {@link
     * #AHEAD_BYTES} later or, at the end of a panel, of the panels that come next. With one token
     * weights are read once, as fast as memory gives them, and panels of narrow matrices are too
     * short for the processor's own prefetching. Spread out, since the processor waits where too
     * many lines are under way. Beyond the last panel nothing is read.
     */
    void readAhead(int part, int parts) {
        if (tokens > 1) {
            return;
        }
        int lines = Math.ceilDiv(sectionBytes(), CACHE_LINE_BYTES);
        for (int line = lines * part / parts; line < lines * (part + 1) / parts; line++) {
            int at = line * CACHE_LINE_BYTES;
            code.prefetch(Mem.at(AHEAD, at));
            if (panels == 2) {
                code.prefetch(Mem.at(AHEAD, PANEL_BYTES, 1, at));
            }
        }
    }

    /** Past the end of the first panel comes the second, which is read already: skip it. */
    private void aimAhead() {
        code.lea(AHEAD, Mem.at(WEIGHTS.getFirst(), AHEAD_BYTES));
        if (panels == 2) {
            Label inPanel = new Label();
            code.cmp(COUNTER, Math.ceilDiv(AHEAD_BYTES, block.panelBlockBytes(isa)));
            code.jump(Condition.GREATER, inPanel);
            code.add(AHEAD, PANEL_BYTES);
            code.bind(inPanel);
        }
    }

    private int sectionBytes() {
        return block.panelBlockBytes(isa) / block.sections();
    }

    private void sections() {
        int count = block.sections();
        Label next = new Label();
        if (count > 1) {
            code.mov(SECTION, 0);
            code.align(32);
            code.bind(next);
        }
        block.emit(this);
        code.add(X, block.activationBytes() / count);
        if (count > 1) {
            if (tokens == 1) {
                code.add(AHEAD, sectionBytes());
            }
            code.add(SECTION, sectionUnit());
            code.cmp(SECTION, count * sectionUnit());
            code.jump(Condition.NOT_EQUAL, next);
        }
    }

    /** Two words of all rows of a panel: with a factor of 1, 2, 4 or 8, what a section takes. */
    private int sectionUnit() {
        return 2 * Integer.BYTES * isa.lanes();
    }

    private void enter() {
        code.push(RBP);
        code.mov(RBP, RSP);
        SAVED.forEach(code::push);
        code.sub(RSP, frameBytes);
        code.and(RSP, -64);
        code.load(COUNTER, Mem.at(RBP, SEVENTH_ARGUMENT));
        code.add(OUT, COUNTER);
        constants.open(code);
        for (int mask : masksInRegisters()) {
            code.emit(VMOVUPS, maskRegister(mask), constant(mask));
        }
        code.mov(PANEL_BYTES, block.panelBlockBytes(isa));
        code.imul(PANEL_BYTES, BLOCKS);
        code.mov(X_STRIDE, block.activationBytes());
        code.imul(X_STRIDE, BLOCKS);
        if (tokens == TOKENS_MAX) {
            code.lea(X_STRIDE_3, Mem.at(X_STRIDE, X_STRIDE, 2, 0));
        }
        if (panels == 2) {
            code.lea(WEIGHTS.get(1), Mem.at(WEIGHTS.get(0), PANEL_BYTES, 1, 0));
        }
    }

    private void leave() {
        code.lea(RSP, Mem.at(RBP, -8 * SAVED.size()));
        SAVED.reversed().forEach(code::pop);
        code.pop(RBP);
        code.vzeroupper();
        code.ret();
    }

    private void clearTotals() {
        Vec zero = isa.vector(0);
        code.emit(VXORPS, zero, zero, zero);
        for (int panel = 0; panel < panels; panel++) {
            for (int token = 0; token < tokens; token++) {
                if (hasTotalsInRegisters()) {
                    Vec total = total(panel, token);
                    code.emit(VXORPS, total, total, total);
                } else {
                    code.emit(VMOVUPS_STORE, totalPlace(panel, token), zero);
                }
            }
        }
    }

    private void writeTotals() {
        Gpr outStride3 = TEMPORARY;
        code.lea(outStride3, Mem.at(OUT_STRIDE, OUT_STRIDE, 2, 0));
        for (int panel = 0; panel < panels; panel++) {
            for (int token = 0; token < tokens; token++) {
                Vec total = hasTotalsInRegisters() ? total(panel, token) : isa.vector(0);
                if (!hasTotalsInRegisters()) {
                    code.emit(VMOVUPS, total, totalPlace(panel, token));
                }
                Mem to = ofToken(OUT, OUT_STRIDE, outStride3, token);
                code.emit(VMOVUPS_STORE, to.plus(panel * isa.width().bytes()), total);
            }
        }
    }

    // What block code uses: registers and places by their meaning.

    /** The integer sum of the block in progress. */
    Vec sum(int panel, int token) {
        assert block.hasIntegerSums();
        return isa.vector(panel * tokens + token);
    }

    /** The sum of all blocks so far. */
    Vec total(int panel, int token) {
        assert hasTotalsInRegisters();
        return isa.vector(integerSums() + panel * tokens + token);
    }

    /** A register beyond the sums and totals, by number from 0. */
    Vec spare(int number) {
        return isa.vector(integerSums() + (hasTotalsInRegisters() ? sums() : 0) + number);
    }

    /** Whether the totals stay in registers, or else in the stack frame. */
    boolean hasTotalsInRegisters() {
        return integerSums() + sums() + block.spares() <= isa.registers();
    }

    private int integerSums() {
        return block.hasIntegerSums() ? sums() : 0;
    }

    Mem totalPlace(int panel, int token) {
        assert !hasTotalsInRegisters();
        return Mem.at(RSP, (panel * tokens + token) * isa.width().bytes());
    }

    /** A vector with {@code bits} in every lane. */
    Mem constant(int bits) {
        return constants.of(bits);
    }

    /** Emits: target = the bits of the source that are set in {@code mask}, of each lane. */
    void mask(Vec target, Mem source, int mask) {
        if (masksInRegisters().contains(mask)) {
            code.emit(VPAND, target, maskRegister(mask), source);
        } else {
            code.emit(VMOVUPS, target, source);
            mask(target, mask);
        }
    }

    /** The same in place. */
    void mask(Vec target, int mask) {
        if (masksInRegisters().contains(mask)) {
            code.emit(VPAND, target, target, maskRegister(mask));
        } else {
            code.emit(VPAND, target, target, constant(mask));
        }
    }

    /** As many of the block's masks as registers are left. */
    private List<Integer> masksInRegisters() {
        int left = isa.registers() - spare(block.spares() - 1).number() - 1;
        return block.masks().subList(0, Math.min(left, block.masks().size()));
    }

    private Vec maskRegister(int mask) {
        return spare(block.spares() + block.masks().indexOf(mask));
    }

    /** Vector {@code number} of the block code's own table in the stack frame, for each panel. */
    Mem table(int panel, int number) {
        int vector = panel * block.tableVectors() + number;
        return Mem.at(RSP, (sums() + vector) * isa.width().bytes());
    }

    /** The same, where each section has {@code perSection} vectors of its own: 2, 4, 8 or 16. */
    Mem table(int panel, int number, int perSection) {
        return Mem.at(RSP, SECTION, perSection / 2, table(panel, number).displacement());
    }

    /** Byte {@code offset} of the panel's block in progress. */
    Mem weights(int panel, int offset) {
        return Mem.at(WEIGHTS.get(panel), offset);
    }

    /** The same, where each section has {@code perSection} words of a row: 2, 4, 8 or 16. */
    Mem weights(int panel, int offset, int perSection) {
        return Mem.at(WEIGHTS.get(panel), SECTION, perSection / 2, offset);
    }

    /** Jumps to {@code target} if 32 bits at {@code offset} are zero for all tokens. */
    void jumpIfZero(int offset, Label target) {
        code.loadInt(TEMPORARY, activations(0, offset));
        for (int token = 1; token < tokens; token++) {
            code.orInt(TEMPORARY, activations(token, offset));
        }
        code.test(TEMPORARY, TEMPORARY);
        code.jump(Condition.EQUAL, target);
    }

    /** Byte {@code offset} of the activations that belong to the section in progress. */
    Mem activations(int token, int offset) {
        return ofToken(X, X_STRIDE, X_STRIDE_3, token).plus(offset);
    }

    private static Mem ofToken(Gpr base, Gpr stride, Gpr stride3, int token) {
        return switch (token) {
            case 0 -> Mem.at(base);
            case 1, 2 -> Mem.at(base, stride, token, 0);
            default -> Mem.at(base, stride3, 1, 0);
        };
    }
}
