package dev.altiplano.model.llama;

import static dev.altiplano.compute.KvLayout.BLOCK_TOKENS;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The blocks of one sequence in one pool: block i holds positions from i · BLOCK_TOKENS on. Held
 * are those from {@link #firstBlock} (inclusive) to {@link #endBlock} (exclusive); the others are
 * {@link MemorySegment#NULL}, so that a wrong index throws instead of reading somebody else's keys.
 */
final class KvTable {
    final KvPool pool;
    private MemorySegment[] blocks = {};
    private long[] addresses = {};
    private MemorySegment addressSegment = MemorySegment.ofArray(addresses);
    private int firstBlock;
    private int endBlock;

    KvTable(KvPool pool) {
        this.pool = pool;
    }

    /** For {@link dev.altiplano.compute.KvSpan}; valid until the table grows. */
    MemorySegment[] blocks() {
        return blocks;
    }

    /** The addresses of {@link #blocks}, as longs; 0 for those not held. */
    MemorySegment addresses() {
        return addressSegment;
    }

    /** The block that holds {@code position}. */
    MemorySegment blockOf(int position) {
        return blocks[position / BLOCK_TOKENS];
    }

    /** How many more blocks positions up to {@code length} need. */
    int missingBlocks(int length) {
        return Math.max(0, Math.ceilDiv(length, BLOCK_TOKENS) - endBlock);
    }

    /** Takes the {@link #missingBlocks}, which the pool must have. */
    void growTo(int length) {
        int end = Math.ceilDiv(length, BLOCK_TOKENS);
        if (end > blocks.length) {
            int old = blocks.length;
            blocks = Arrays.copyOf(blocks, Math.max(end, 2 * old));
            Arrays.fill(blocks, old, blocks.length, MemorySegment.NULL);
            addresses = Arrays.copyOf(addresses, blocks.length);
            addressSegment = MemorySegment.ofArray(addresses);
        }
        while (endBlock < end) {
            blocks[endBlock] = pool.take();
            addresses[endBlock] = blocks[endBlock].address();
            endBlock++;
        }
    }

    /** Gives back the blocks that hold nothing before {@code length}. */
    void shrinkTo(int length) {
        int end = Math.ceilDiv(length, BLOCK_TOKENS);
        assert end >= firstBlock : "rolled back into released positions";
        while (endBlock > end) {
            endBlock--;
            giveBack(endBlock);
        }
    }

    /** Gives back the blocks that lie wholly before {@code position}. */
    void dropBefore(int position) {
        int end = Math.min(position / BLOCK_TOKENS, endBlock);
        while (firstBlock < end) {
            giveBack(firstBlock);
            firstBlock++;
        }
    }

    void giveBackAll() {
        while (firstBlock < endBlock) {
            endBlock--;
            giveBack(endBlock);
        }
    }

    private void giveBack(int index) {
        pool.give(blocks[index]);
        blocks[index] = MemorySegment.NULL;
        addresses[index] = 0;
    }
}
