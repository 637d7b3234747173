package dev.altiplano.compute.x86;

import dev.altiplano.compute.x86.Pages.Access;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * Machine code that can be called. Each piece gets pages of its own, which are first written and
 * then executed, never both at once; they live as long as the process, since a kernel may be
 * running whenever somebody would free it.
 */
public final class ExecutableMemory {
    private ExecutableMemory() {}

    /** The address of {@code code}; empty where the system forbids executable memory. */
    public static Optional<MemorySegment> place(byte[] code) {
        Optional<MemorySegment> pages = Pages.map(code.length);
        pages.ifPresent(
                free -> MemorySegment.copy(code, 0, free, ValueLayout.JAVA_BYTE, 0, code.length));
        return pages.filter(ExecutableMemory::seal);
    }

    private static boolean seal(MemorySegment pages) {
        boolean sealed = Pages.protect(pages, Access.READ_EXECUTE);
        if (!sealed) {
            Pages.unmap(pages);
        }
        return sealed;
    }
}
