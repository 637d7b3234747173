package dev.altiplano.compute;

import static dev.altiplano.compute.KvLayout.BLOCK_TOKENS;
import static dev.altiplano.compute.VectorLanes.FLOATS;
import static dev.altiplano.compute.VectorLanes.LANES;
import static dev.altiplano.compute.VectorLanes.fold;

import dev.altiplano.compute.quant.KvTile;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Attention over the paged cache in one pass: positions are taken in segments; when a segment has a
 * larger score than all before it, what was summed so far is scaled down. Source: Milakov and
 * Gimelshein, "Online normalizer calculation for softmax" (2018). The heads share each decoded
 * segment.
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
    private static final int SEGMENT = 8 * BLOCK_TOKENS;

    private VectorAttention() {}

    /**
     * The floats of scratch that {@link #attend} needs for heads of {@code width} values in all.
     */
    static int scratchFloats(int width) {
        return Math.addExact(Math.multiplyExact(3, width), SEGMENT);
    }

    static void attend(
            float[] q,
            int index,
            int heads,
            float scale,
            KvSpan span,
            float[] parts,
            int partIndex,
            Scratch scratch) {
        float[] state = scratch.floats;
        int headDim = span.layout.headDim();
        int values = 2 * heads;
        int scores = values + heads * headDim;
        Arrays.fill(state, 0, heads, Float.NEGATIVE_INFINITY);
        Arrays.fill(state, heads, scores, 0);
        int from = span.fromPosition;
        while (from < span.toPosition) {
            int to = Math.min(span.toPosition, (from / SEGMENT + 1) * SEGMENT);
            float[] tiles = decodeTiles(span, from, to, scratch);
            for (int head = 0; head < heads; head++) {
                int at = index + head * headDim;
                int count = score(q, at, headDim, scale, tiles, from, to, state, scores);
                float shrink = weigh(state, head, heads + head, scores, count);
                int sums = values + head * headDim;
                addValues(tiles, headDim, from, to, state, scores, sums, shrink);
            }
            from = to;
        }
        for (int head = 0; head < heads; head++) {
            float total = state[heads + head];
            for (int i = head * headDim; i < (head + 1) * headDim; i++) {
                parts[partIndex + i] = state[values + i] / total;
            }
            parts[partIndex + AttentionPart.largest(heads, headDim, head)] = state[head];
            parts[partIndex + AttentionPart.weightSum(heads, headDim, head)] = total;
        }
    }

    /** The tiles that hold positions {@code from} to {@code to - 1}, one after the other. */
    private static float[] decodeTiles(KvSpan span, int from, int to, Scratch scratch) {
        KvTile tile = span.layout.tile();
        int tileFloats = VectorKvTiles.floats(tile);
        float[] tiles = scratch.tiles(SEGMENT / BLOCK_TOKENS * tileFloats + BLOCK_TOKENS);
        long at = span.layout.tileOffset(span.layer, span.kvHead);
        int first = from / BLOCK_TOKENS;
        for (int block = first; block * BLOCK_TOKENS < to; block++) {
            int index = (block - first) * tileFloats;
            VectorKvTiles.decode(tile, span.blocks[block], at, tiles, index);
        }
        return tiles;
    }

    /**
     * Writes the scores of the blocks that hold positions {@code from} to {@code to - 1}, and minus
     * infinity for other positions of these blocks. Gives their number.
     */
    private static int score(
            float[] q,
            int index,
            int headDim,
            float scale,
            float[] tiles,
            int from,
            int to,
            float[] state,
            int scores) {
        int start = from - from % BLOCK_TOKENS;
        int end = Math.ceilDiv(to, BLOCK_TOKENS) * BLOCK_TOKENS;
        for (int i = 0; i < end - start; i += LANES) {
            int keys = tileOf(i, headDim) + i % BLOCK_TOKENS;
            scoreLanes(q, index, headDim, tiles, keys).mul(scale).intoArray(state, scores + i);
        }
        Arrays.fill(state, scores, scores + from - start, Float.NEGATIVE_INFINITY);
        Arrays.fill(state, scores + to - start, scores + end - start, Float.NEGATIVE_INFINITY);
        return end - start;
    }

    /** Where the tile begins that holds position {@code i} of the segment. */
    private static int tileOf(int i, int headDim) {
        return i / BLOCK_TOKENS * 2 * BLOCK_TOKENS * headDim;
    }

    /** q·k for LANES neighbouring keys: four partial sums, of every fourth value of the head. */
    private static FloatVector scoreLanes(
            float[] q, int index, int headDim, float[] tiles, int keys) {
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        int bound = headDim - headDim % 4;
        for (int i = 0; i < bound; i += 4) {
            int at = keys + i * BLOCK_TOKENS;
            a0 = floats(tiles, at).fma(broadcast(q[index + i]), a0);
            a1 = floats(tiles, at + BLOCK_TOKENS).fma(broadcast(q[index + i + 1]), a1);
            a2 = floats(tiles, at + 2 * BLOCK_TOKENS).fma(broadcast(q[index + i + 2]), a2);
            a3 = floats(tiles, at + 3 * BLOCK_TOKENS).fma(broadcast(q[index + i + 3]), a3);
        }
        for (int i = bound; i < headDim; i++) {
            a0 = floats(tiles, keys + i * BLOCK_TOKENS).fma(broadcast(q[index + i]), a0);
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
            float[] tiles,
            int headDim,
            int from,
            int to,
            float[] state,
            int weights,
            int values,
            float shrink) {
        for (int i = 0; i < headDim; i++) {
            state[values + i] *= shrink;
        }
        int start = from - from % BLOCK_TOKENS;
        for (int first = start; first < to; first += BLOCK_TOKENS) {
            int low = Math.max(from, first);
            int rows = Math.min(to, first + BLOCK_TOKENS) - low;
            int row = (low - first + BLOCK_TOKENS) * headDim; // values follow keys
            int at = tileOf(first - start, headDim) + row;
            addTile(tiles, at, headDim, rows, state, weights + low - start, values);
        }
    }

    private static void addTile(
            float[] tiles, int at, int headDim, int rows, float[] state, int weights, int values) {
        int i = 0;
        for (; i + 4 * LANES <= headDim; i += 4 * LANES) {
            addFourVectors(tiles, at + i, headDim, rows, state, weights, values + i);
        }
        for (; i + LANES <= headDim; i += LANES) {
            FloatVector sum = floats(state, values + i);
            for (int row = 0; row < rows; row++) {
                FloatVector weight = broadcast(state[weights + row]);
                sum = floats(tiles, at + row * headDim + i).fma(weight, sum);
            }
            sum.intoArray(state, values + i);
        }
        for (; i < headDim; i++) {
            float sum = state[values + i];
            for (int row = 0; row < rows; row++) {
                sum = Math.fma(tiles[at + row * headDim + i], state[weights + row], sum);
            }
            state[values + i] = sum;
        }
    }

    private static void addFourVectors(
            float[] tiles, int at, int headDim, int rows, float[] state, int weights, int values) {
        FloatVector a0 = floats(state, values);
        FloatVector a1 = floats(state, values + LANES);
        FloatVector a2 = floats(state, values + 2 * LANES);
        FloatVector a3 = floats(state, values + 3 * LANES);
        for (int row = 0; row < rows; row++) {
            FloatVector weight = broadcast(state[weights + row]);
            int value = at + row * headDim;
            a0 = floats(tiles, value).fma(weight, a0);
            a1 = floats(tiles, value + LANES).fma(weight, a1);
            a2 = floats(tiles, value + 2 * LANES).fma(weight, a2);
            a3 = floats(tiles, value + 3 * LANES).fma(weight, a3);
        }
        a0.intoArray(state, values);
        a1.intoArray(state, values + LANES);
        a2.intoArray(state, values + 2 * LANES);
        a3.intoArray(state, values + 3 * LANES);
    }

    private static FloatVector floats(float[] values, int index) {
        return FloatVector.fromArray(FLOATS, values, index);
    }

    private static FloatVector broadcast(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }
}
