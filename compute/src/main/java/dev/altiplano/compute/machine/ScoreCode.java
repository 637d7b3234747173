package dev.altiplano.compute.machine;

import static dev.altiplano.compute.machine.AttentionCode.BLOCKS;
import static dev.altiplano.compute.machine.AttentionCode.END;
import static dev.altiplano.compute.machine.AttentionCode.FIRST;
import static dev.altiplano.compute.machine.AttentionCode.POINTER;
import static dev.altiplano.compute.machine.AttentionCode.SEGMENT;
import static dev.altiplano.compute.machine.AttentionCode.SEGMENT_START;
import static dev.altiplano.compute.machine.AttentionCode.SLOT;
import static dev.altiplano.compute.machine.AttentionCode.STATE;
import static dev.altiplano.compute.machine.AttentionCode.TILE;
import static dev.altiplano.compute.machine.AttentionCode.TO;
import static dev.altiplano.compute.x86.Gpr.R10;
import static dev.altiplano.compute.x86.Gpr.R11;
import static dev.altiplano.compute.x86.Gpr.RAX;
import static dev.altiplano.compute.x86.VectorOp.VADDPS;
import static dev.altiplano.compute.x86.VectorOp.VBROADCASTSS;
import static dev.altiplano.compute.x86.VectorOp.VCVTPH2PS;
import static dev.altiplano.compute.x86.VectorOp.VFMADD213PS;
import static dev.altiplano.compute.x86.VectorOp.VFMADD231PS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS_STORE;
import static dev.altiplano.compute.x86.VectorOp.VMULPS;
import static dev.altiplano.compute.x86.VectorOp.VXORPS;

import dev.altiplano.compute.quant.KvTile;
import dev.altiplano.compute.x86.Assembler;
import dev.altiplano.compute.x86.Condition;
import dev.altiplano.compute.x86.Label;
import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;

/**
 * The first step of a segment: the scores of its blocks, 16 positions at once. Values of the head
 * are taken one after the other: a vector of keys times one value of each query. Where few heads
 * share the keys, two values of the head are summed apart, as one sum each would wait for itself.
 *
 * <p>Meanwhile the block's values are asked for: {@link ValuesCode} needs them next.
 */
final class ScoreCode {
    private static final int UNROLLED = 8;

    private final AttentionCode attention;
    private final Assembler code;
    private final KvTile tile;
    private final int vectors; // of a row of keys

    ScoreCode(AttentionCode attention) {
        this.attention = attention;
        this.code = attention.code;
        this.tile = attention.tile;
        this.vectors = KvTile.TOKENS / attention.lanes();
    }

    void emit() {
        int most = headsAtOnce();
        code.mov(SLOT, FIRST);
        code.and(SLOT, -KvTile.TOKENS);
        Label nextBlock = new Label();
        code.bind(nextBlock);
        findTiles();
        for (int head = 0; head < attention.heads; head += most) {
            int count = Math.min(most, attention.heads - head);
            for (int group = 0; group < tile.groups(); group++) {
                score(head, count, group, head == 0);
            }
        }
        code.add(SLOT, KvTile.TOKENS);
        code.cmp(SLOT, END);
        code.jump(Condition.LESS, nextBlock);
    }

    /** With one set of sums, a row of keys and one value of a query. */
    private int headsAtOnce() {
        int most = (attention.registers() - vectors - 1) / vectors;
        return Math.ceilDiv(attention.heads, Math.ceilDiv(attention.heads, most));
    }

    /** TILE, and in the state the addresses of this tile and of the one a segment later. */
    private void findTiles() {
        Label last = new Label();
        code.load(R11, Mem.at(STATE, AttentionState.TILE_OFFSET));
        code.mov(R10, SLOT);
        attention.toBlocks(R10);
        code.mov(RAX, SLOT);
        code.add(RAX, SEGMENT_START);
        code.mov(POINTER, RAX);
        attention.toBlocks(POINTER);
        code.load(TILE, Mem.at(BLOCKS, POINTER, Long.BYTES, 0));
        code.add(TILE, R11);
        code.store(attention.state.tile(R10), TILE);
        code.store(attention.state.nextTile(R10), TILE);
        code.add(RAX, SEGMENT);
        code.cmp(RAX, TO);
        code.jump(Condition.GREATER_OR_EQUAL, last);
        int later = SEGMENT / KvTile.TOKENS * Long.BYTES;
        code.load(POINTER, Mem.at(BLOCKS, POINTER, Long.BYTES, later));
        code.add(POINTER, R11);
        code.store(attention.state.nextTile(R10), POINTER);
        code.bind(last);
    }

    /** What one group of the head's values adds to the scores of {@code count} heads. */
    private void score(int head, int count, int group, boolean prefetches) {
        int perSet = count * vectors;
        int sets = 2 * perSet + vectors + 1 <= attention.registers() ? 2 : 1;
        for (int i = 0; i < sets * perSet; i++) {
            code.emit(VXORPS, vector(i), vector(i), vector(i));
        }
        multiply(head, count, group, sets, prefetches);
        if (sets == 2) {
            for (int i = 0; i < perSet; i++) {
                code.emit(VADDPS, vector(i), vector(i), vector(perSet + i));
            }
        }
        store(head, count, group);
    }

    private void multiply(int head, int count, int group, int sets, boolean prefetches) {
        int rowBytes = KvTile.TOKENS * tile.type().valueBytes();
        int firstColumn = tile.firstColumn(group);
        int query = attention.state.queriesOffset() + queryBytes(head) + firstColumn * Float.BYTES;
        code.lea(RAX, Mem.at(TILE, tile.valuesOffset(group)));
        code.lea(R11, Mem.at(STATE, query));
        code.mov(R10, tile.columns(group) / UNROLLED);
        Label next = new Label();
        code.bind(next);
        for (int i = 0; i < UNROLLED; i++) {
            multiplyRow(count, i * rowBytes, i, i % sets * count * vectors, sets);
        }
        if (prefetches) {
            attention.prefetch(RAX, tile.halfBytes(), UNROLLED * rowBytes);
        }
        code.add(RAX, UNROLLED * rowBytes);
        code.add(R11, UNROLLED * Float.BYTES);
        code.sub(R10, 1);
        code.jump(Condition.NOT_EQUAL, next);
    }

    private int queryBytes(int head) {
        return head * tile.headDim() * Float.BYTES;
    }

    private void multiplyRow(int count, int row, int column, int firstSum, int sets) {
        int free = sets * count * vectors;
        int step = attention.lanes() * tile.type().valueBytes();
        for (int v = 0; v < vectors; v++) {
            KvLoads.emit(code, tile.type(), vector(free + v), Mem.at(RAX, row + v * step));
        }
        Vec query = vector(free + vectors);
        for (int h = 0; h < count; h++) {
            code.emit(VBROADCASTSS, query, Mem.at(R11, queryBytes(h) + column * Float.BYTES));
            for (int v = 0; v < vectors; v++) {
                Vec sum = vector(firstSum + h * vectors + v);
                code.emit(VFMADD231PS, sum, vector(free + v), query);
            }
        }
    }

    /** Into the state; with scales, on top of what earlier groups gave. */
    private void store(int head, int count, int group) {
        int free = count * vectors;
        int step = attention.lanes() * Short.BYTES;
        if (tile.type().hasScales()) {
            for (int v = 0; v < vectors; v++) {
                Mem scales = Mem.at(TILE, tile.scalesOffset(group) + v * step);
                code.emit(VCVTPH2PS, vector(free + v), scales);
            }
        }
        for (int h = 0; h < count; h++) {
            for (int v = 0; v < vectors; v++) {
                Vec sum = vector(h * vectors + v);
                int at = attention.state.weightsOffset(head + h) + v * attention.vectorBytes();
                Mem scores = Mem.at(STATE, SLOT, Float.BYTES, at);
                if (tile.type().hasScales() && group == 0) {
                    code.emit(VMULPS, sum, sum, vector(free + v));
                } else if (tile.type().hasScales()) {
                    code.emit(VFMADD213PS, sum, vector(free + v), scores);
                }
                code.emit(VMOVUPS_STORE, scores, sum);
            }
        }
    }

    private Vec vector(int number) {
        return attention.vector(number);
    }
}
