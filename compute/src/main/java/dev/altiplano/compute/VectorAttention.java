package dev.altiplano.compute;

import static dev.altiplano.compute.KvLayout.BLOCK_TOKENS;
import static dev.altiplano.compute.VectorLanes.FLOATS;
import static dev.altiplano.compute.VectorLanes.LANES;
import static dev.altiplano.compute.VectorLanes.fold;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Attention over the paged cache in one pass: positions are taken in segments; when a segment has a
 * larger score than all before it, what was summed so far is scaled down. Source: Milakov and
 * Gimelshein, "Online normalizer calculation for softmax" (2018).
 *
 * <p>Segments begin at multiples of {@link #SEGMENT} of the absolute position, so the order of
 * every sum depends on the positions alone, not on when the query comes.
 *
 * <p>Letters: G query heads that share keys and values, D values of a head. State in scratch:
 * largest score [G], sum of weights [G], weighted values [G, D], then the scores of one segment,
 * which become its weights.
 */
final class VectorAttention {
    /** Positions of a segment; whole blocks. */
    private static final int SEGMENT = 16 * BLOCK_TOKENS;

    private static final long FLOAT_BYTES = Float.BYTES;
    private static final long VECTOR_BYTES = (long) LANES * FLOAT_BYTES;
    private static final long KEY_STEP = BLOCK_TOKENS * FLOAT_BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private VectorAttention() {}

    /**
     * The floats of scratch that {@link #attend} needs for heads of {@code width} values in all.
     */
    static int scratchFloats(int width) {
        return Math.addExact(Math.multiplyExact(3, width), SEGMENT);
    }

    static void attend(
            float[] q, int index, int heads, float scale, KvSpan span, float[] out, float[] state) {
        int headDim = span.layout.headDim();
        int values = 2 * heads;
        int scores = values + heads * headDim;
        Arrays.fill(state, 0, heads, Float.NEGATIVE_INFINITY);
        Arrays.fill(state, heads, scores, 0);
        int from = span.fromPosition;
        while (from < span.toPosition) {
            int to = Math.min(span.toPosition, (from / SEGMENT + 1) * SEGMENT);
            for (int head = 0; head < heads; head++) {
                int count = score(q, index + head * headDim, scale, span, from, to, state, scores);
                float shrink = weigh(state, head, heads + head, scores, count);
                addValues(span, from, to, state, scores, values + head * headDim, shrink);
            }
            from = to;
        }
        for (int head = 0; head < heads; head++) {
            float total = state[heads + head];
            for (int i = head * headDim; i < (head + 1) * headDim; i++) {
                out[index + i] = state[values + i] / total;
            }
        }
    }

    /**
     * Writes the scores of the blocks that hold positions {@code from} to {@code to - 1}, and minus
     * infinity for other positions of these blocks. Gives their number.
     */
    private static int score(
            float[] q,
            int index,
            float scale,
            KvSpan span,
            int from,
            int to,
            float[] state,
            int scores) {
        int headDim = span.layout.headDim();
        long keys = span.layout.keysOffset(span.layer, span.kvHead);
        int start = from - from % BLOCK_TOKENS;
        int end = Math.ceilDiv(to, BLOCK_TOKENS) * BLOCK_TOKENS;
        for (int position = start; position < end; position += BLOCK_TOKENS) {
            MemorySegment block = span.blocks[position / BLOCK_TOKENS];
            for (int lane = 0; lane < BLOCK_TOKENS; lane += LANES) {
                scoreLanes(q, index, headDim, block, keys + lane * FLOAT_BYTES)
                        .mul(scale)
                        .intoArray(state, scores + position - start + lane);
            }
        }
        Arrays.fill(state, scores, scores + from - start, Float.NEGATIVE_INFINITY);
        Arrays.fill(state, scores + to - start, scores + end - start, Float.NEGATIVE_INFINITY);
        return end - start;
    }

    /** q·k for LANES neighbouring keys: four partial sums, of every fourth value of the head. */
    private static FloatVector scoreLanes(
            float[] q, int index, int headDim, MemorySegment block, long keys) {
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        int bound = headDim - headDim % 4;
        for (int i = 0; i < bound; i += 4) {
            long at = keys + i * KEY_STEP;
            a0 = floats(block, at).fma(broadcast(q[index + i]), a0);
            a1 = floats(block, at + KEY_STEP).fma(broadcast(q[index + i + 1]), a1);
            a2 = floats(block, at + 2 * KEY_STEP).fma(broadcast(q[index + i + 2]), a2);
            a3 = floats(block, at + 3 * KEY_STEP).fma(broadcast(q[index + i + 3]), a3);
        }
        for (int i = bound; i < headDim; i++) {
            a0 = floats(block, keys + i * KEY_STEP).fma(broadcast(q[index + i]), a0);
        }
        return a0.add(a1).add(a2.add(a3));
    }

    /**
     * Turns the segment's scores into weights relative to the largest score so far. Gives the
     * factor for what was summed before this segment.
     */
    private static float weigh(float[] state, int max, int total, int scores, int count) {
        FloatVector largest = FloatVector.fromArray(FLOATS, state, scores);
        for (int i = LANES; i < count; i += LANES) {
            largest = largest.max(FloatVector.fromArray(FLOATS, state, scores + i));
        }
        float before = state[max];
        float now = Math.max(before, largest.reduceLanes(VectorOperators.MAX));
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int i = 0; i < count; i += LANES) {
            FloatVector score = FloatVector.fromArray(FLOATS, state, scores + i);
            FloatVector weight = VectorMath.exp(score.sub(now));
            weight.intoArray(state, scores + i);
            sum = sum.add(weight);
        }
        float shrink = before == now ? 1 : (float) StrictMath.exp(before - now);
        state[max] = now;
        state[total] = state[total] * shrink + fold(sum);
        return shrink;
    }

    /** {@code values = values · shrink + Σ weight · v}, position after position. */
    private static void addValues(
            KvSpan span, int from, int to, float[] state, int weights, int values, float shrink) {
        int headDim = span.layout.headDim();
        int i = 0;
        for (; i + 4 * LANES <= headDim; i += 4 * LANES) {
            addFourVectors(span, from, to, state, weights, values + i, i, shrink);
        }
        for (; i + LANES <= headDim; i += LANES) {
            addOneVector(span, from, to, state, weights, values + i, i, shrink);
        }
        for (; i < headDim; i++) {
            addOneValue(span, from, to, state, weights, values + i, i, shrink);
        }
    }

    private static void addFourVectors(
            KvSpan span,
            int from,
            int to,
            float[] state,
            int weights,
            int values,
            int i,
            float shrink) {
        FloatVector a0 = FloatVector.fromArray(FLOATS, state, values).mul(shrink);
        FloatVector a1 = FloatVector.fromArray(FLOATS, state, values + LANES).mul(shrink);
        FloatVector a2 = FloatVector.fromArray(FLOATS, state, values + 2 * LANES).mul(shrink);
        FloatVector a3 = FloatVector.fromArray(FLOATS, state, values + 3 * LANES).mul(shrink);
        int start = from - from % BLOCK_TOKENS;
        for (int first = start; first < to; first += BLOCK_TOKENS) {
            MemorySegment block = span.blocks[first / BLOCK_TOKENS];
            int low = Math.max(from, first);
            int high = Math.min(to, first + BLOCK_TOKENS);
            long at = valueOffset(span, low - first, i);
            for (int position = low; position < high; position++, at += rowBytes(span)) {
                FloatVector weight = broadcast(state[weights + position - start]);
                a0 = floats(block, at).fma(weight, a0);
                a1 = floats(block, at + VECTOR_BYTES).fma(weight, a1);
                a2 = floats(block, at + 2 * VECTOR_BYTES).fma(weight, a2);
                a3 = floats(block, at + 3 * VECTOR_BYTES).fma(weight, a3);
            }
        }
        a0.intoArray(state, values);
        a1.intoArray(state, values + LANES);
        a2.intoArray(state, values + 2 * LANES);
        a3.intoArray(state, values + 3 * LANES);
    }

    private static void addOneVector(
            KvSpan span,
            int from,
            int to,
            float[] state,
            int weights,
            int values,
            int i,
            float shrink) {
        FloatVector sum = FloatVector.fromArray(FLOATS, state, values).mul(shrink);
        int start = from - from % BLOCK_TOKENS;
        for (int position = from; position < to; position++) {
            MemorySegment block = span.blocks[position / BLOCK_TOKENS];
            long at = valueOffset(span, position % BLOCK_TOKENS, i);
            sum = floats(block, at).fma(broadcast(state[weights + position - start]), sum);
        }
        sum.intoArray(state, values);
    }

    private static void addOneValue(
            KvSpan span,
            int from,
            int to,
            float[] state,
            int weights,
            int values,
            int i,
            float shrink) {
        float sum = state[values] * shrink;
        int start = from - from % BLOCK_TOKENS;
        for (int position = from; position < to; position++) {
            MemorySegment block = span.blocks[position / BLOCK_TOKENS];
            float value =
                    block.get(
                            ValueLayout.JAVA_FLOAT, valueOffset(span, position % BLOCK_TOKENS, i));
            sum = Math.fma(value, state[weights + position - start], sum);
        }
        state[values] = sum;
    }

    private static long valueOffset(KvSpan span, int slot, int i) {
        return span.layout.valuesOffset(span.layer, span.kvHead)
                + slot * rowBytes(span)
                + i * FLOAT_BYTES;
    }

    private static long rowBytes(KvSpan span) {
        return span.layout.headDim() * FLOAT_BYTES;
    }

    private static FloatVector floats(MemorySegment block, long offset) {
        return FloatVector.fromMemorySegment(FLOATS, block, offset, ORDER);
    }

    private static FloatVector broadcast(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }
}
