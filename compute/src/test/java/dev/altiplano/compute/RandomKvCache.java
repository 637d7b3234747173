package dev.altiplano.compute;

import static dev.altiplano.compute.KvLayout.BLOCK_TOKENS;

import dev.altiplano.compute.quant.KvType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/** Random keys and values of one head among others. */
final class RandomKvCache {
    private static final int LAYER = 1;
    private static final int HEAD = 1;

    final KvLayout layout;
    private final MemorySegment[] blocks;
    private final float[][] keys;
    private final float[][] values;

    RandomKvCache(int positions, KvType type, int headDim, float scale, SplittableRandom random) {
        blocks = new MemorySegment[positions / BLOCK_TOKENS];
        keys = new float[positions][];
        values = new float[positions][];
        layout = new KvLayout(2, 2, headDim, type);
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = Arena.ofAuto().allocate(layout.blockBytes(), 64);
        }
        for (int position = 0; position < positions; position++) {
            float[] key = RandomTensors.floats(headDim, random);
            for (int i = 0; i < headDim; i++) {
                key[i] *= scale;
            }
            put(position, key, RandomTensors.floats(headDim, random));
        }
    }

    KvSpan span(int from, int to) {
        KvSpan span = new KvSpan();
        span.select(layout, blocks, KvSpan.addresses(blocks), LAYER);
        span.see(HEAD, from, to);
        return span;
    }

    void put(int position, float[] key, float[] value) {
        keys[position] = key;
        values[position] = value;
        int headDim = layout.headDim();
        float[] allKeys = new float[2 * headDim];
        float[] allValues = new float[2 * headDim];
        System.arraycopy(key, 0, allKeys, HEAD * headDim, headDim);
        System.arraycopy(value, 0, allValues, HEAD * headDim, headDim);
        MemorySegment block = blocks[position / BLOCK_TOKENS];
        layout.store(block, LAYER, position % BLOCK_TOKENS, allKeys, allValues, 0);
    }

    float[] value(int position) {
        return values[position];
    }

    double score(float[] q, int position) {
        double score = 0;
        for (int i = 0; i < layout.headDim(); i++) {
            score += (double) q[2 + i] * keys[position][i];
        }
        return score;
    }
}
