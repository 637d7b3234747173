package dev.altiplano.model.llama;

import static dev.altiplano.compute.KvLayout.BLOCK_TOKENS;

import dev.altiplano.compute.KvLayout;
import dev.altiplano.compute.LargePages;
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

    /** So much is asked for at a time: several large pages, and whole blocks. */
    private static final long SLAB_BYTES = 32 << 20;

    final KvLayout layout;
    private final Arena arena;
    private final int blocksMax;
    private final Deque<MemorySegment> free = new ArrayDeque<>();
    private MemorySegment slab = MemorySegment.NULL;
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
        long bytes = Math.ceilDiv(layout.blockBytes(), ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
        if (slab.byteSize() < bytes) {
            slab = newSlab(bytes, Math.clamp(SLAB_BYTES / bytes, 1, blocksMax - made));
        }
        made++;
        MemorySegment taken = slab.asSlice(0, layout.blockBytes());
        slab = slab.asSlice(bytes);
        return taken;
    }

    /** Room for {@code blocks}, or for one where the system has no large pages. */
    private MemorySegment newSlab(long blockBytes, int blocks) {
        return LargePages.allocate(blockBytes * blocks, arena)
                .orElseGet(() -> arena.allocate(blockBytes, ALIGNMENT_BYTES));
    }

    void give(MemorySegment block) {
        free.addLast(block);
        assert free.size() <= made : "a block came back twice";
    }
}
