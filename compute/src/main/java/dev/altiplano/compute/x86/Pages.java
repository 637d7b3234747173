package dev.altiplano.compute.x86;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;

/**
 * Whole pages from the system, and what may be done with them: {@code mmap}, {@code mprotect},
 * {@code madvise} and {@code munmap} of POSIX through the foreign function interface. Linux and
 * macOS.
 */
public final class Pages {
    /** What a process may do with a page; never write and execute at once. */
    public enum Access {
        NONE(0),
        READ_WRITE(3),
        READ_EXECUTE(5);

        private final int bits;

        Access(int bits) {
            this.bits = bits;
        }
    }

    /** Fits every page size in use, and the large pages of x86-64. */
    public static final long ALIGNMENT_BYTES = 4096;

    private static final long FAILED = -1;
    private static final int MAP_PRIVATE = 2;
    private static final int MAP_ANONYMOUS = isMac() ? 0x1000 : 0x20;
    private static final int MADV_HUGEPAGE = 14;

    private static final MethodHandle MMAP =
            function(
                    "mmap",
                    FunctionDescriptor.of(
                            ValueLayout.ADDRESS,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_LONG));
    private static final MethodHandle MPROTECT =
            function(
                    "mprotect",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT));
    private static final MethodHandle MADVISE =
            function(
                    "madvise",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT));
    private static final MethodHandle MUNMAP =
            function(
                    "munmap",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));

    private Pages() {}

    private static boolean isMac() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
    }

    @SuppressWarnings("restricted") // functions of the C library, with their own signatures
    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }

    /**
     * Zeroed pages that may be read and written, {@code bytes} rounded up to whole pages. The
     * caller gives them back by {@link #unmap}. Empty if the system has none.
     */
    @SuppressWarnings("restricted") // the system has said how large the pages are
    public static Optional<MemorySegment> map(long bytes) {
        long whole = Math.ceilDiv(bytes, ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
        MemorySegment pages;
        try {
            pages =
                    (MemorySegment)
                            MMAP.invokeExact(
                                    MemorySegment.NULL,
                                    whole,
                                    Access.READ_WRITE.bits,
                                    MAP_PRIVATE | MAP_ANONYMOUS,
                                    -1,
                                    0L);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
        return pages.address() == FAILED ? Optional.empty() : Optional.of(pages.reinterpret(whole));
    }

    /** Changes what may be done with {@code pages}; false if the system forbids it. */
    public static boolean protect(MemorySegment pages, Access access) {
        try {
            return (int) MPROTECT.invokeExact(pages, pages.byteSize(), access.bits) == 0;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Asks for large pages, where the system has them: a wish that may be ignored. */
    public static void preferLarge(MemorySegment pages) {
        if (isMac()) {
            return;
        }
        try {
            int ignored = (int) MADVISE.invokeExact(pages, pages.byteSize(), MADV_HUGEPAGE);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Gives the pages back; nothing may touch them any more. */
    public static void unmap(MemorySegment pages) {
        try {
            int failed = (int) MUNMAP.invokeExact(pages, pages.byteSize());
            assert failed == 0;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
