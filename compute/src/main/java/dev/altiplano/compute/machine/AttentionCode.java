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
import static dev.altiplano.compute.x86.Gpr.RBX;
import static dev.altiplano.compute.x86.Gpr.RCX;
import static dev.altiplano.compute.x86.Gpr.RDI;
import static dev.altiplano.compute.x86.Gpr.RDX;
import static dev.altiplano.compute.x86.Gpr.RSI;
import static dev.altiplano.compute.x86.Gpr.RSP;
import static dev.altiplano.compute.x86.Vec.xmm;
import static dev.altiplano.compute.x86.Vec.ymm;
import static dev.altiplano.compute.x86.VectorOp.VADDPS;
import static dev.altiplano.compute.x86.VectorOp.VBROADCASTSS;
import static dev.altiplano.compute.x86.VectorOp.VDIVPS;
import static dev.altiplano.compute.x86.VectorOp.VEXTRACTF128;
import static dev.altiplano.compute.x86.VectorOp.VFMADD231PS;
import static dev.altiplano.compute.x86.VectorOp.VMAXPS;
import static dev.altiplano.compute.x86.VectorOp.VMINPS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS_STORE;
import static dev.altiplano.compute.x86.VectorOp.VMULPS;
import static dev.altiplano.compute.x86.VectorOp.VPSHUFD;
import static dev.altiplano.compute.x86.VectorOp.VSUBPS;
import static dev.altiplano.compute.x86.VectorOp.VXORPS;

import dev.altiplano.compute.x86.Assembler;
import dev.altiplano.compute.x86.Condition;
import dev.altiplano.compute.x86.Gpr;
import dev.altiplano.compute.x86.Label;
import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;
import dev.altiplano.compute.x86.VectorOp;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Emits attention of the query heads that share one KV head, over the blocks of a paged cache, in
 * one pass: after each block of 16 positions, what was summed so far shrinks if a larger score
 * came. Source: Milakov and Gimelshein, "Online normalizer calculation for softmax" (2018). The
 * function's signature in C:
 *
 * <pre>
 * void attend(const float *q, float *out, void *const *blocks, void *state, long from, long to,
 *             long offset)
 * </pre>
 *
 * <p>{@code q} and {@code out} are [heads, headDim] from byte {@code offset} on; block i holds
 * positions 16i to 16i + 15. In a block, at {@code state.keysOffset}: keys [headDim, 16], then
 * values [16, headDim]. The caller fills the head of the state, see {@link #SCALE} and {@link
 * #KEYS_OFFSET}; the rest is scratch of {@link #stateBytes}.
 *
 * <p>Every sum runs over positions or head values in their order, so a result depends on nothing
 * but query, keys and values. Both instruction sets run this code.
 */
final class AttentionCode {
    static final int BLOCK_TOKENS = 16;

    /** Where in the state the f32 factor of the scores stands. */
    static final int SCALE = 0;

    /** Where in the state the i64 offset of this head's keys in a block stands. */
    static final int KEYS_OFFSET = 8;

    private static final int VECTOR_BYTES = 32;
    private static final int LANES = 8;
    private static final int HEADS_AT_ONCE = 4; // two sums each

    private static final Gpr Q = RDI;
    private static final Gpr OUT = RSI;
    private static final Gpr BLOCKS = RDX;
    private static final Gpr STATE = RCX;
    private static final Gpr FROM = R8;
    private static final Gpr TO = R9;
    private static final Gpr CONSTANTS = RBX;
    private static final Gpr POSITION = R12; // the first of the block
    private static final Gpr KEYS = R13;
    private static final Gpr FIRST = R14; // the first position of the block that is seen
    private static final Gpr END = R15; // the end of those
    private static final List<Gpr> SAVED = List.of(RBX, R12, R13, R14, R15);

    /**
     * The largest that scores may be: 16 times infinity, 16 times minus infinity, 16 times
     * infinity; read at an offset.
     */
    private static final MemorySegment VISIBILITY = visibility();

    private final Assembler code = new Assembler();
    private final ConstantPool constants = new ConstantPool(CONSTANTS);
    private final int heads;
    private final int headDim;

    private AttentionCode(int heads, int headDim) {
        this.heads = heads;
        this.headDim = headDim;
    }

    private static MemorySegment visibility() {
        MemorySegment table = Arena.global().allocate(3L * BLOCK_TOKENS * Float.BYTES, 64);
        for (int i = 0; i < 3 * BLOCK_TOKENS; i++) {
            boolean hidden = i / BLOCK_TOKENS == 1;
            float most = hidden ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
            table.setAtIndex(ValueLayout.JAVA_FLOAT, i, most);
        }
        return table;
    }

    /** Whether there is code for heads of {@code headDim} values. */
    static boolean supports(int headDim) {
        return headDim % LANES == 0;
    }

    static byte[] emit(int heads, int headDim) {
        assert heads > 0 && supports(headDim);
        AttentionCode attention = new AttentionCode(heads, headDim);
        attention.emit();
        return attention.code.toBytes();
    }

    /** Bytes of state that the code for these shapes needs. */
    static long stateBytes(int heads, int headDim) {
        return 64 + heads * (3L * VECTOR_BYTES + BLOCK_TOKENS * 4L + 2L * headDim * 4);
    }

    // The state, after its head.
    private Mem largest(int head) {
        return Mem.at(STATE, 64 + head * VECTOR_BYTES);
    }

    /** The sum of weights, in eight parts. */
    private Mem weightSum(int head) {
        return Mem.at(STATE, 64 + (heads + head) * VECTOR_BYTES);
    }

    /** The factor for what was summed before this block. */
    private Mem shrink(int head) {
        return Mem.at(STATE, 64 + (2 * heads + head) * VECTOR_BYTES);
    }

    /** Scores of the block, which become its weights: [heads, 16]. */
    private int weightsOffset() {
        return 64 + 3 * heads * VECTOR_BYTES;
    }

    private Mem weights(int head, int half) {
        return Mem.at(STATE, weightsOffset() + head * BLOCK_TOKENS * 4 + half * VECTOR_BYTES);
    }

    private int queriesOffset() {
        return weightsOffset() + heads * BLOCK_TOKENS * 4;
    }

    private int valuesOffset() {
        return queriesOffset() + heads * headDim * 4;
    }

    private void emit() {
        SAVED.forEach(code::push);
        code.load(RAX, Mem.at(RSP, 8 * SAVED.size() + 8)); // beyond the return address
        code.add(Q, RAX);
        code.add(OUT, RAX);
        constants.open(code);
        begin();
        code.mov(POSITION, FROM);
        code.and(POSITION, -BLOCK_TOKENS);
        Label nextBlock = new Label();
        code.bind(nextBlock);
        findKeys();
        for (int head = 0; head < heads; head += HEADS_AT_ONCE) {
            score(head, Math.min(HEADS_AT_ONCE, heads - head));
        }
        findVisible();
        for (int head = 0; head < heads; head++) {
            weigh(head);
        }
        for (int head = 0; head < heads; head += HEADS_AT_ONCE) {
            int count = Math.min(HEADS_AT_ONCE, heads - head);
            for (int column = 0; column < headDim; column += 2 * LANES) {
                addValues(head, count, column, Math.min(2, (headDim - column) / LANES));
            }
        }
        code.add(POSITION, BLOCK_TOKENS);
        code.cmp(POSITION, TO);
        code.jump(Condition.LESS, nextBlock);
        finish();
        SAVED.reversed().forEach(code::pop);
        code.vzeroupper();
        code.ret();
    }

    /** Queries times the scale into the state; nothing seen yet. */
    private void begin() {
        code.emit(VBROADCASTSS, ymm(0), Mem.at(STATE, SCALE));
        code.emit(VXORPS, ymm(1), ymm(1), ymm(1));
        overColumns(
                RAX,
                heads * headDim,
                () -> {
                    code.emit(VMULPS, ymm(2), ymm(0), Mem.at(Q, RAX, 4, 0));
                    code.emit(VMOVUPS_STORE, Mem.at(STATE, RAX, 4, queriesOffset()), ymm(2));
                    code.emit(VMOVUPS_STORE, Mem.at(STATE, RAX, 4, valuesOffset()), ymm(1));
                });
        code.emit(VMOVUPS, ymm(0), constants.of(Float.NEGATIVE_INFINITY));
        for (int head = 0; head < heads; head++) {
            code.emit(VMOVUPS_STORE, largest(head), ymm(0));
            code.emit(VMOVUPS_STORE, weightSum(head), ymm(1));
        }
    }

    /** Runs {@code body} with {@code index} = 0, 8, … below {@code count}. */
    private void overColumns(Gpr index, int count, Runnable body) {
        code.mov(index, 0);
        Label next = new Label();
        code.bind(next);
        body.run();
        code.add(index, LANES);
        code.cmp(index, count);
        code.jump(Condition.LESS, next);
    }

    private void findKeys() {
        code.mov(RAX, POSITION);
        code.shr(RAX, 4);
        code.load(KEYS, Mem.at(BLOCKS, RAX, 8, 0));
        code.load(RAX, Mem.at(STATE, KEYS_OFFSET));
        code.add(KEYS, RAX);
    }

    /** Scores of 16 positions for {@code count} heads. */
    private void score(int head, int count) {
        for (int i = 0; i < 2 * count; i++) {
            code.emit(VXORPS, ymm(i), ymm(i), ymm(i));
        }
        code.mov(RAX, KEYS);
        code.lea(R11, Mem.at(STATE, queriesOffset() + head * headDim * 4));
        code.mov(R10, headDim / LANES);
        Label next = new Label();
        code.bind(next);
        for (int i = 0; i < LANES; i++) {
            int key = i * BLOCK_TOKENS * Float.BYTES;
            code.emit(VMOVUPS, ymm(8), Mem.at(RAX, key));
            code.emit(VMOVUPS, ymm(9), Mem.at(RAX, key + VECTOR_BYTES));
            for (int h = 0; h < count; h++) {
                code.emit(VBROADCASTSS, ymm(10), Mem.at(R11, (h * headDim + i) * Float.BYTES));
                code.emit(VFMADD231PS, ymm(2 * h), ymm(8), ymm(10));
                code.emit(VFMADD231PS, ymm(2 * h + 1), ymm(9), ymm(10));
            }
        }
        code.add(RAX, LANES * BLOCK_TOKENS * Float.BYTES);
        code.add(R11, LANES * Float.BYTES);
        code.sub(R10, 1);
        code.jump(Condition.NOT_EQUAL, next);
        for (int h = 0; h < count; h++) {
            code.emit(VMOVUPS_STORE, weights(head + h, 0), ymm(2 * h));
            code.emit(VMOVUPS_STORE, weights(head + h, 1), ymm(2 * h + 1));
        }
    }

    /** FIRST = max(from - position, 0), END = min(to - position, 16); and the matching limits. */
    private void findVisible() {
        Label firstFound = new Label();
        code.mov(FIRST, FROM);
        code.sub(FIRST, POSITION);
        code.jump(Condition.GREATER_OR_EQUAL, firstFound);
        code.mov(FIRST, 0);
        code.bind(firstFound);
        Label endFound = new Label();
        code.mov(END, TO);
        code.sub(END, POSITION);
        code.cmp(END, BLOCK_TOKENS);
        code.jump(Condition.LESS_OR_EQUAL, endFound);
        code.mov(END, BLOCK_TOKENS);
        code.bind(endFound);

        code.mov(R10, VISIBILITY.address() + (long) BLOCK_TOKENS * Float.BYTES);
        code.mov(R11, R10);
        code.mov(RAX, END);
        code.shl(RAX, 2);
        code.sub(R10, RAX); // lane i: no limit below END
        code.add(R11, BLOCK_TOKENS * Float.BYTES);
        code.mov(RAX, FIRST);
        code.shl(RAX, 2);
        code.sub(R11, RAX); // lane i: no limit from FIRST on
    }

    /** Scores become weights relative to the largest score so far. */
    private void weigh(int head) {
        Vec low = ymm(0);
        Vec high = ymm(1);
        Vec before = ymm(2);
        Vec now = ymm(3);
        code.emit(VMOVUPS, low, weights(head, 0));
        code.emit(VMOVUPS, high, weights(head, 1));
        for (Gpr visibility : List.of(R10, R11)) {
            // Of a NaN and a number, vminps gives the second: what is not seen may be anything.
            code.emit(VMINPS, low, low, Mem.at(visibility));
            code.emit(VMINPS, high, high, Mem.at(visibility, VECTOR_BYTES));
        }
        code.emit(VMOVUPS, before, largest(head));
        code.emit(VMAXPS, now, low, high);
        fold(VMAXPS, now, ymm(4));
        code.emit(VMAXPS, now, now, before);
        code.emit(VMOVUPS_STORE, largest(head), now);
        code.emit(VSUBPS, low, low, now);
        code.emit(VSUBPS, high, high, now);
        code.emit(VSUBPS, before, before, now);
        for (Vec x : List.of(low, high, before)) {
            ExpCode.emit(code, constants, x, ymm(5), ymm(6));
        }
        code.emit(VMOVUPS_STORE, weights(head, 0), low);
        code.emit(VMOVUPS_STORE, weights(head, 1), high);
        code.emit(VMOVUPS_STORE, shrink(head), before);
        code.emit(VMULPS, before, before, weightSum(head));
        code.emit(VADDPS, low, low, high);
        code.emit(VADDPS, low, low, before);
        code.emit(VMOVUPS_STORE, weightSum(head), low);
    }

    /** Brings the eight lanes together in every lane. */
    private void fold(VectorOp op, Vec x, Vec temporary) {
        Vec low = xmm(x.number());
        Vec other = xmm(temporary.number());
        code.emit(VEXTRACTF128, other, x, 1);
        code.emit(op, low, low, other);
        code.emit(VPSHUFD, other, low, 0b01_00_11_10);
        code.emit(op, low, low, other);
        code.emit(VPSHUFD, other, low, 0b10_11_00_01);
        code.emit(op, low, low, other);
        code.emit(VBROADCASTSS, x, low);
    }

    /** Sums of {@code vectors} (1 or 2) vectors of columns, for {@code count} heads. */
    private void addValues(int head, int count, int column, int vectors) {
        for (int h = 0; h < count; h++) {
            code.emit(VMOVUPS, ymm(10), shrink(head + h));
            for (int v = 0; v < vectors; v++) {
                code.emit(VMULPS, ymm(2 * h + v), ymm(10), value(head + h, column + v * LANES));
            }
        }
        code.mov(RAX, FIRST);
        code.mov(R10, (long) headDim * Float.BYTES);
        code.imul(RAX, R10);
        code.add(RAX, KEYS); // values follow keys
        code.lea(R11, Mem.at(STATE, FIRST, 4, weightsOffset() + head * BLOCK_TOKENS * 4));
        code.mov(R10, END);
        code.sub(R10, FIRST);
        Label next = new Label();
        code.bind(next);
        int values = headDim * BLOCK_TOKENS * Float.BYTES + column * Float.BYTES;
        for (int v = 0; v < vectors; v++) {
            code.emit(VMOVUPS, ymm(8 + v), Mem.at(RAX, values + v * VECTOR_BYTES));
        }
        for (int h = 0; h < count; h++) {
            code.emit(VBROADCASTSS, ymm(10), Mem.at(R11, h * BLOCK_TOKENS * Float.BYTES));
            for (int v = 0; v < vectors; v++) {
                code.emit(VFMADD231PS, ymm(2 * h + v), ymm(8 + v), ymm(10));
            }
        }
        code.add(RAX, headDim * Float.BYTES);
        code.add(R11, Float.BYTES);
        code.sub(R10, 1);
        code.jump(Condition.NOT_EQUAL, next);
        for (int h = 0; h < count; h++) {
            for (int v = 0; v < vectors; v++) {
                code.emit(VMOVUPS_STORE, value(head + h, column + v * LANES), ymm(2 * h + v));
            }
        }
    }

    private Mem value(int head, int column) {
        return Mem.at(STATE, valuesOffset() + (head * headDim + column) * Float.BYTES);
    }

    private void finish() {
        for (int head = 0; head < heads; head++) {
            int offset = head * headDim * Float.BYTES;
            code.emit(VMOVUPS, ymm(0), weightSum(head));
            fold(VADDPS, ymm(0), ymm(1));
            overColumns(
                    RAX,
                    headDim,
                    () -> {
                        Mem value = Mem.at(STATE, RAX, 4, valuesOffset() + offset);
                        code.emit(VMOVUPS, ymm(1), value);
                        code.emit(VDIVPS, ymm(1), ymm(1), ymm(0));
                        code.emit(VMOVUPS_STORE, Mem.at(OUT, RAX, 4, offset), ymm(1));
                    });
        }
    }
}
