package dev.altiplano.compute;

import dev.altiplano.compute.x86.Pages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Optional;

/**
 * Memory outside the heap that the system is asked to back with large pages: few addresses have to
 * be looked up where it is read in pieces, and the processor reads ahead past the end of a small
 * page. Linux and macOS.
 */
public final class LargePages {
    /** Of x86-64, and of arm64 with small pages of 4 KiB. */
    public static final long PAGE_BYTES = 2 << 20;

    private static final boolean HAS_MMAP =
            !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private LargePages() {}

    /**
     * Zeroed memory that begins at a large page and lives as long as {@code arena}. What is never
     * touched takes none. Empty where the system cannot: then the caller takes less at a time.
     */
    @SuppressWarnings("restricted") // the segment has the bytes that the system gave
    public static Optional<MemorySegment> allocate(long bytes, Arena arena) {
        if (!HAS_MMAP) {
            return Optional.empty();
        }
        return Pages.map(Math.addExact(bytes, PAGE_BYTES))
                .map(
                        pages -> {
                            Pages.preferLarge(pages);
                            long first = Math.floorMod(-pages.address(), PAGE_BYTES);
                            return pages.reinterpret(arena, Pages::unmap).asSlice(first, bytes);
                        });
    }
}
