package dev.altiplano.compute.machine;

import dev.altiplano.compute.quant.KvTile;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Tries attention on made-up keys and values before it is used: over a span that begins and ends
 * within a block and goes on in a second segment, each head must give what its definition gives. It
 * takes a few milliseconds of Java.
 */
final class AttentionCheck {
    private static final Logger LOG = System.getLogger(AttentionCheck.class.getName());
    private static final int POSITIONS = AttentionCode.SEGMENT + 2 * KvTile.TOKENS;
    private static final int FROM = 3;
    private static final int TO = POSITIONS - 5;
    private static final float SCALE = 0.25f;

    /** Values are at most 1. */
    private static final double BOUND = 1e-5;

    /** A score of some ten is off by a few times 1e-6, and its weight by that share. */
    private static final double WEIGHT_BOUND = 1e-4;

    private final Attention attention;
    private final KvTile tile;
    private final MemorySegment tiles;
    private final float[] query;

    private AttentionCheck(Attention attention, Arena arena) {
        this.attention = attention;
        this.tile = attention.tile();
        this.tiles = arena.allocate((long) POSITIONS / KvTile.TOKENS * tileBytes(), 64);
        this.query = new float[attention.heads() * tile.headDim()];
    }

    private long tileBytes() {
        return 2L * tile.halfBytes();
    }

    /** False, and a warning, if it is wrong. */
    static boolean passes(Attention attention) {
        try (Arena arena = Arena.ofConfined()) {
            boolean passes = new AttentionCheck(attention, arena).run(arena);
            if (!passes) {
                LOG.log(
                        Level.WARNING,
                        "kernel check: the machine code for attention over a KV cache of {0} gives"
                                + " wrong results on this processor and is not used; a slower way is."
                                + " Please report it.",
                        attention.tile().type());
            }
            return passes;
        }
    }

    private boolean run(Arena arena) {
        int headDim = tile.headDim();
        float[] key = new float[headDim];
        float[] value = new float[headDim];
        for (int position = 0; position < POSITIONS; position++) {
            for (int i = 0; i < headDim; i++) {
                key[i] = (37 * position + 11 * i) % 61 / 30f - 1;
                value[i] = (53 * position + 29 * i) % 83 / 41f - 1;
            }
            long at = position / KvTile.TOKENS * tileBytes();
            tile.store(tiles, at, position % KvTile.TOKENS, key, value, 0);
        }
        for (int i = 0; i < query.length; i++) {
            query[i] = i % 23 / 11f - 1;
        }
        long[] blocks = new long[POSITIONS / KvTile.TOKENS];
        for (int block = 0; block < blocks.length; block++) {
            blocks[block] = tiles.address() + block * tileBytes();
        }
        float[] out = new float[query.length + 2 * attention.heads()];
        attention.attend(
                MemorySegment.ofArray(query),
                0,
                MemorySegment.ofArray(out),
                0,
                MemorySegment.ofArray(blocks),
                0,
                FROM,
                TO,
                SCALE,
                arena.allocate(attention.stateBytes(), 64));
        boolean right = true;
        for (int head = 0; head < attention.heads(); head++) {
            right &= isRight(head, out);
        }
        return right;
    }

    private boolean isRight(int head, float[] out) {
        int index = head * tile.headDim();
        double total = 0;
        double[] sums = new double[tile.headDim()];
        for (int position = FROM; position < TO; position++) {
            long at = position / KvTile.TOKENS * tileBytes();
            int slot = position % KvTile.TOKENS;
            double score = 0;
            for (int i = 0; i < sums.length; i++) {
                score += (double) query[index + i] * tile.key(tiles, at, slot, i);
            }
            double weight = Math.exp(SCALE * score - sums.length);
            total += weight;
            for (int i = 0; i < sums.length; i++) {
                sums[i] += weight * tile.value(tiles, at, slot, i);
            }
        }
        double largest = out[query.length + head];
        double weightSum = out[query.length + attention.heads() + head];
        double found = weightSum * Math.exp(largest - sums.length);
        boolean right = Math.abs(found - total) <= WEIGHT_BOUND * total;
        for (int i = 0; i < sums.length; i++) {
            right &= Math.abs(out[index + i] - sums[i] / total) <= BOUND;
        }
        return right;
    }
}
