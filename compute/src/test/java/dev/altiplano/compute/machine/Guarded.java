package dev.altiplano.compute.machine;

import dev.altiplano.compute.x86.Pages;
import dev.altiplano.compute.x86.Pages.Access;
import java.lang.foreign.MemorySegment;

/**
 * Memory between two pages that nobody may touch: a kernel that reads or writes one byte too many
 * ends the process.
 */
final class Guarded implements AutoCloseable {
    private final MemorySegment pages;

    /** Up to the last byte before a guard, or from the first byte after one. */
    final MemorySegment bytes;

    enum Side {
        FIRST,
        LAST
    }

    Guarded(long size, Side side) {
        long page = Pages.ALIGNMENT_BYTES;
        long inner = Math.ceilDiv(size, page) * page;
        pages = Pages.map(inner + 2 * page).orElseThrow();
        bytes = pages.asSlice(side == Side.FIRST ? page : page + inner - size, size);
        if (!Pages.protect(pages.asSlice(0, page), Access.NONE)
                || !Pages.protect(pages.asSlice(page + inner), Access.NONE)) {
            throw new IllegalStateException("no guard pages");
        }
    }

    @Override
    public void close() {
        Pages.unmap(pages);
    }
}
