package dev.altiplano.model.llama;

import static dev.altiplano.compute.KvLayout.BLOCK_TOKENS;

import dev.altiplano.compute.KvLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The blocks of all layers of one kind. A block gets its memory when it is first taken, and keeps
 * it for the next taker; the number of blocks is bounded.
 */
final class KvPool {
    private static final int ALIGNMENT_BYTES = 64;

    final KvLayout layout;
    private final Arena arena;
    private final int blocksMax;
    private final Deque<MemorySegment> free = new ArrayDeque<>();
    private int made;

    KvPool(KvLayout layout, int tokensMax, Arena arena) {
        this.layout = layout;
        this.arena = arena;
        this.blocksMax = Math.ceilDiv(tokensMax, BLOCK_TOKENS);
    }

    int freeBlocks() {
        return blocksMax - made + free.size();
    }

    int usedBlocks() {
        return made - free.size();
    }

    /** One of the {@link #freeBlocks}, with whatever its last owner left in it. */
    MemorySegment take() {
        MemorySegment block = free.pollLast();
        if (block != null) {
            return block;
        }
        assert made < blocksMax : "the caller looks at freeBlocks first";
        made++;
        return arena.allocate(layout.blockBytes(), ALIGNMENT_BYTES);
    }

    void give(MemorySegment block) {
        free.addLast(block);
        assert free.size() <= made : "a block came back twice";
    }
}
