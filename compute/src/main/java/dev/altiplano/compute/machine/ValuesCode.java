package dev.altiplano.compute.machine;

import static dev.altiplano.compute.machine.AttentionCode.END;
import static dev.altiplano.compute.machine.AttentionCode.FIRST;
import static dev.altiplano.compute.machine.AttentionCode.POINTER;
import static dev.altiplano.compute.machine.AttentionCode.SLOT;
import static dev.altiplano.compute.machine.AttentionCode.STATE;
import static dev.altiplano.compute.machine.AttentionCode.TILE;
import static dev.altiplano.compute.x86.Gpr.R10;
import static dev.altiplano.compute.x86.Gpr.R11;
import static dev.altiplano.compute.x86.Gpr.RAX;
import static dev.altiplano.compute.x86.VectorOp.VBROADCASTSS;
import static dev.altiplano.compute.x86.VectorOp.VCVTPH2PS;
import static dev.altiplano.compute.x86.VectorOp.VFMADD231PS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS_STORE;
import static dev.altiplano.compute.x86.VectorOp.VMULPS;

import dev.altiplano.compute.quant.KvTile;
import dev.altiplano.compute.x86.Assembler;
import dev.altiplano.compute.x86.Condition;
import dev.altiplano.compute.x86.Label;
import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;

/**
 * The third step of a segment: {@code sums = shrink · sums + Σ weight · value}, position after
 * position, for a few columns of a few heads at a time, whose sums stay in registers. Scales of the
 * values go into the weights, once for each group.
 *
 * <p>Meanwhile the keys of the next segment are asked for, 16 for each position and column.
 */
final class ValuesCode {
    private static final int VECTORS_MAX = 8;

    private final AttentionCode attention;
    private final Assembler code;
    private final KvTile tile;

    ValuesCode(AttentionCode attention) {
        this.attention = attention;
        this.code = attention.code;
        this.tile = attention.tile;
    }

    void emit() {
        int headsMost = headsAtOnce();
        for (int group = 0; group < tile.groups(); group++) {
            if (tile.type().hasScales()) {
                scaleWeights(group);
            }
            for (int head = 0; head < attention.heads; head += headsMost) {
                int count = Math.min(headsMost, attention.heads - head);
                int columnsMost = vectorsAtOnce(count) * attention.lanes();
                int columns = tile.columns(group);
                for (int column = 0; column < columns; column += columnsMost) {
                    int vectors = Math.min(columnsMost, columns - column) / attention.lanes();
                    new Pass(head, count, group, column, vectors).emit();
                }
            }
        }
    }

    /** With sums of two vectors, and a register for each weight. */
    private int headsAtOnce() {
        int most = (attention.registers() - 1) / 3;
        return Math.ceilDiv(attention.heads, Math.ceilDiv(attention.heads, Math.min(most, 8)));
    }

    /** Beside the sums, a register for each weight and one for the values. */
    private int vectorsAtOnce(int count) {
        int most = (attention.registers() - 1 - count) / count;
        return Integer.highestOneBit(Math.min(most, VECTORS_MAX));
    }

    private void scaleWeights(int group) {
        int vectors = KvTile.TOKENS / attention.lanes();
        int scales = tile.halfBytes() + tile.scalesOffset(group);
        code.mov(SLOT, FIRST);
        code.and(SLOT, -KvTile.TOKENS);
        Label next = new Label();
        code.bind(next);
        code.mov(RAX, SLOT);
        attention.toBlocks(RAX);
        code.load(TILE, attention.state.tile(RAX));
        for (int v = 0; v < vectors; v++) {
            int step = attention.lanes() * Short.BYTES;
            code.emit(VCVTPH2PS, vector(v), Mem.at(TILE, scales + v * step));
        }
        for (int head = 0; head < attention.heads; head++) {
            for (int v = 0; v < vectors; v++) {
                int step = v * attention.vectorBytes();
                int from = attention.state.weightsOffset(head) + step;
                int to = attention.state.scaledWeightsOffset(head) + step;
                Vec weights = vector(vectors);
                code.emit(VMULPS, weights, vector(v), Mem.at(STATE, SLOT, Float.BYTES, from));
                code.emit(VMOVUPS_STORE, Mem.at(STATE, SLOT, Float.BYTES, to), weights);
            }
        }
        code.add(SLOT, KvTile.TOKENS);
        code.cmp(SLOT, END);
        code.jump(Condition.LESS, next);
    }

    private Vec vector(int number) {
        return attention.vector(number);
    }

    /** Some columns of some heads, over all positions of the segment. */
    private final class Pass {
        private final int head;
        private final int count;
        private final int group;
        private final int column; // the first, counted within the group
        private final int vectors;
        private final int valueBytes = tile.type().valueBytes();

        Pass(int head, int count, int group, int column, int vectors) {
            this.head = head;
            this.count = count;
            this.group = group;
            this.column = column;
            this.vectors = vectors;
        }

        void emit() {
            for (int h = 0; h < count; h++) {
                code.emit(VMOVUPS, value(), attention.state.shrink(head + h));
                for (int v = 0; v < vectors; v++) {
                    code.emit(VMULPS, sum(h, v), value(), place(h, v));
                }
            }
            code.mov(SLOT, FIRST);
            Label nextBlock = new Label();
            code.bind(nextBlock);
            findRows();
            Label nextRow = new Label();
            code.bind(nextRow);
            addRow();
            code.sub(R10, 1);
            code.jump(Condition.NOT_EQUAL, nextRow);
            code.cmp(SLOT, END);
            code.jump(Condition.LESS, nextBlock);
            for (int h = 0; h < count; h++) {
                for (int v = 0; v < vectors; v++) {
                    code.emit(VMOVUPS_STORE, place(h, v), sum(h, v));
                }
            }
        }

        /**
         * TILE at the block's first row that is seen, R11 at its weight, R10 = how many rows there
         * are; SLOT moves behind them. POINTER at the keys to ask for.
         */
        private void findRows() {
            Label fewer = new Label();
            code.mov(RAX, SLOT);
            attention.toBlocks(RAX);
            code.load(TILE, attention.state.tile(RAX));
            code.load(POINTER, attention.state.nextTile(RAX));
            code.lea(R11, Mem.at(STATE, SLOT, Float.BYTES, 0));
            code.mov(RAX, SLOT);
            code.and(RAX, KvTile.TOKENS - 1);
            code.mov(R10, rowBytes());
            code.imul(R10, RAX);
            code.add(TILE, R10);
            code.sub(RAX, KvTile.TOKENS); // minus the rows from here to the end of the block
            code.mov(R10, END);
            code.sub(R10, SLOT);
            code.sub(SLOT, RAX);
            code.cmp(SLOT, END);
            code.jump(Condition.GREATER_OR_EQUAL, fewer);
            code.mov(R10, 0);
            code.sub(R10, RAX);
            code.bind(fewer);
        }

        private void addRow() {
            int values = tile.halfBytes() + tile.valuesOffset(group) + column * valueBytes;
            int step = attention.lanes() * valueBytes;
            for (int h = 0; h < count; h++) {
                int weight = attention.state.scaledWeightsOffset(head + h);
                code.emit(VBROADCASTSS, weight(h), Mem.at(R11, weight));
            }
            for (int v = 0; v < vectors; v++) {
                KvLoads.emit(code, tile.type(), value(), Mem.at(TILE, values + v * step));
                for (int h = 0; h < count; h++) {
                    code.emit(VFMADD231PS, sum(h, v), value(), weight(h));
                }
            }
            if (head == 0) {
                int keys = tile.valuesOffset(group) + column * KvTile.TOKENS * valueBytes;
                attention.prefetch(POINTER, keys, vectors * step);
                code.add(POINTER, vectors * step);
            }
            code.add(TILE, rowBytes());
            code.add(R11, Float.BYTES);
        }

        private int rowBytes() {
            return tile.columns(group) * valueBytes;
        }

        private Vec sum(int h, int v) {
            return vector(h * vectors + v);
        }

        private Vec weight(int h) {
            return vector(count * vectors + h);
        }

        private Vec value() {
            return vector(count * (vectors + 1));
        }

        private Mem place(int h, int v) {
            int at = tile.firstColumn(group) + column + v * attention.lanes();
            return attention.state.sum(head + h, at);
        }
    }
}
