package dev.altiplano.compute.machine;

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
import static dev.altiplano.compute.x86.VectorOp.VADDPS;
import static dev.altiplano.compute.x86.VectorOp.VBROADCASTSS;
import static dev.altiplano.compute.x86.VectorOp.VDIVPS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS_STORE;
import static dev.altiplano.compute.x86.VectorOp.VMULPS;
import static dev.altiplano.compute.x86.VectorOp.VXORPS;

import dev.altiplano.compute.quant.KvTile;
import dev.altiplano.compute.x86.Assembler;
import dev.altiplano.compute.x86.Condition;
import dev.altiplano.compute.x86.Gpr;
import dev.altiplano.compute.x86.Label;
import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;
import java.util.List;

/**
 * Emits attention of the query heads that share one KV head, over the blocks of a paged cache, in
 * one pass: after each segment of 64 positions, what was summed so far shrinks if a larger score
 * came. Source: Milakov and Gimelshein, "Online normalizer calculation for softmax" (2018). The
 * function's signature in C:
 *
 * <pre>
 * void attend(const float *q, float *out, void *const *blocks, void *state, long from, long to,
 *             long queryOffset, long outOffset)
 * </pre>
 *
 * <p>{@code q} and {@code out} are [heads, headDim] from their byte offsets on; block i holds
 * positions 16i to 16i + 15, in a {@link KvTile} at {@code state.tileOffset}. The caller fills the
 * head of the state, see {@link AttentionState}, and finds the largest scores and the sums of
 * weights there; the rest is scratch.
 *
 * <p>A segment takes three steps: {@link ScoreCode}, {@link WeightsCode}, {@link ValuesCode}. Every
 * sum runs over positions or head values in their order, so a result depends on nothing but query,
 * keys and values. The same description serves all types of cache and both widths of vector.
 */
final class AttentionCode {
    /** Positions of a segment; four blocks, whose keys and values stay in the first-level cache. */
    static final int SEGMENT = 4 * KvTile.TOKENS;

    private static final int CACHE_LINE_BYTES = 64;

    static final Gpr BLOCKS = RDX;
    static final Gpr STATE = RCX;
    static final Gpr FROM = R8;
    static final Gpr TO = R9;
    static final Gpr SEGMENT_START = R12;

    /** The tile that is read. */
    static final Gpr TILE = R13;

    /**
     * What of the segment is seen: from FIRST (inclusive) to END (exclusive), counted within it.
     */
    static final Gpr FIRST = R14;

    static final Gpr END = R15;

    /** A position of the segment, counted within it. */
    static final Gpr SLOT = RBP;

    /** Free for every step, as are RAX, R10 and R11. */
    static final Gpr POINTER = RDI;

    private static final Gpr Q = RDI; // only to begin with
    private static final Gpr OUT = RSI;
    private static final Gpr CONSTANTS = RBX;
    private static final List<Gpr> SAVED = List.of(RBX, RBP, R12, R13, R14, R15);

    final Assembler code = new Assembler();
    final ConstantPool constants = new ConstantPool(CONSTANTS);
    final AttentionState state;
    final KvTile tile;
    final int heads;
    private final Vec.Width width;
    private final int registers;

    private AttentionCode(InstructionSet isa, int heads, KvTile tile) {
        this.width = width(isa, tile);
        this.registers = width == Vec.Width.ZMM ? isa.registers() : InstructionSet.AVX2.registers();
        this.heads = heads;
        this.tile = tile;
        this.state = state(isa, heads, tile);
    }

    /** Heads that are no whole number of the widest vectors take narrower ones. */
    private static Vec.Width width(InstructionSet isa, KvTile tile) {
        return tile.headDim() % isa.lanes() == 0 ? isa.width() : InstructionSet.AVX2.width();
    }

    /** Whether there is code for heads of {@code headDim} values. */
    static boolean supports(int headDim) {
        return headDim % InstructionSet.AVX2.lanes() == 0;
    }

    static byte[] emit(InstructionSet isa, int heads, KvTile tile) {
        assert heads > 0 && supports(tile.headDim());
        AttentionCode attention = new AttentionCode(isa, heads, tile);
        attention.emit();
        return attention.code.toBytes();
    }

    /** The memory that the code for these shapes needs. */
    static AttentionState state(InstructionSet isa, int heads, KvTile tile) {
        return new AttentionState(heads, tile, width(isa, tile).bytes());
    }

    Vec vector(int number) {
        return Vec.of(width, number);
    }

    int lanes() {
        return width.lanes();
    }

    int vectorBytes() {
        return width.bytes();
    }

    /** How many registers the code may use. */
    int registers() {
        return registers;
    }

    private void emit() {
        SAVED.forEach(code::push);
        int stacked = 8 * SAVED.size() + 8; // beyond the return address
        code.load(RAX, Mem.at(RSP, stacked));
        code.add(Q, RAX);
        code.load(RAX, Mem.at(RSP, stacked + 8));
        code.add(OUT, RAX);
        constants.open(code);
        begin();
        ScoreCode scores = new ScoreCode(this);
        WeightsCode weights = new WeightsCode(this);
        ValuesCode values = new ValuesCode(this);
        code.mov(SEGMENT_START, FROM);
        code.and(SEGMENT_START, -SEGMENT);
        Label nextSegment = new Label();
        code.bind(nextSegment);
        findSegment();
        scores.emit();
        weights.emit();
        values.emit();
        code.add(SEGMENT_START, SEGMENT);
        code.cmp(SEGMENT_START, TO);
        code.jump(Condition.LESS, nextSegment);
        finish();
        SAVED.reversed().forEach(code::pop);
        code.vzeroupper();
        code.ret();
    }

    /** Queries times the scale into the state; nothing seen yet. */
    private void begin() {
        code.emit(VBROADCASTSS, vector(0), Mem.at(STATE, AttentionState.SCALE));
        code.emit(VXORPS, vector(1), vector(1), vector(1));
        overColumns(
                heads * tile.headDim(),
                () -> {
                    code.emit(VMULPS, vector(2), vector(0), Mem.at(Q, RAX, 4, 0));
                    code.emit(VMOVUPS_STORE, state.queries(RAX), vector(2));
                    code.emit(VMOVUPS_STORE, state.sums(RAX, 0), vector(1));
                });
        code.emit(VMOVUPS, vector(0), constants.of(Float.NEGATIVE_INFINITY));
        for (int head = 0; head < heads; head++) {
            code.emit(VMOVUPS_STORE, state.largest(head), vector(0));
            code.emit(VMOVUPS_STORE, state.weightSum(head), vector(1));
        }
    }

    /** Runs {@code body} with RAX = 0, lanes, … below {@code count}. */
    private void overColumns(int count, Runnable body) {
        code.mov(RAX, 0);
        Label next = new Label();
        code.bind(next);
        body.run();
        code.add(RAX, lanes());
        code.cmp(RAX, count);
        code.jump(Condition.LESS, next);
    }

    /** FIRST = max(from - segment, 0), END = min(to - segment, SEGMENT). */
    private void findSegment() {
        Label firstFound = new Label();
        code.mov(FIRST, FROM);
        code.sub(FIRST, SEGMENT_START);
        code.jump(Condition.GREATER_OR_EQUAL, firstFound);
        code.mov(FIRST, 0);
        code.bind(firstFound);
        Label endFound = new Label();
        code.mov(END, TO);
        code.sub(END, SEGMENT_START);
        code.cmp(END, SEGMENT);
        code.jump(Condition.LESS_OR_EQUAL, endFound);
        code.mov(END, SEGMENT);
        code.bind(endFound);
    }

    private void finish() {
        for (int head = 0; head < heads; head++) {
            int column = head * tile.headDim();
            code.emit(VMOVUPS, vector(0), state.weightSum(head));
            WeightsCode.fold(code, VADDPS, vector(0), vector(1));
            code.emit(VMOVUPS_STORE, state.weightSum(head), vector(0));
            overColumns(
                    tile.headDim(),
                    () -> {
                        code.emit(VMOVUPS, vector(1), state.sums(RAX, column));
                        code.emit(VDIVPS, vector(1), vector(1), vector(0));
                        Mem out = Mem.at(OUT, RAX, 4, column * Float.BYTES);
                        code.emit(VMOVUPS_STORE, out, vector(1));
                    });
        }
    }

    /** Emits {@code dst = dst / 16}, for a number of positions. */
    void toBlocks(Gpr dst) {
        code.shr(dst, Integer.numberOfTrailingZeros(KvTile.TOKENS));
    }

    /** Asks for {@code bytes} that will be read soon; it does not matter what is there. */
    void prefetch(Gpr base, int offset, int bytes) {
        for (int at = 0; at < bytes; at += CACHE_LINE_BYTES) {
            code.prefetch(Mem.at(base, offset + at));
        }
    }
}
