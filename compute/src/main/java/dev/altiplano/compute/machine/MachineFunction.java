package dev.altiplano.compute.machine;

import dev.altiplano.compute.x86.ExecutableMemory;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Objects;

/** Makes emitted code callable. */
final class MachineFunction {
    private MachineFunction() {}

    /** What a parameter is. */
    enum Parameter {
        /** A segment on the heap or off it; passed as the address of its first byte. */
        SEGMENT,
        /** A number, or an address outside the heap. */
        LONG;

        private MemoryLayout layout() {
            return switch (this) {
                case SEGMENT -> ValueLayout.ADDRESS;
                case LONG -> ValueLayout.JAVA_LONG;
            };
        }
    }

    /**
     * A function that returns nothing. It must end soon: the JVM cannot stop its threads before.
     */
    @SuppressWarnings("restricted") // calls our own code; who calls it checks the ranges
    static MethodHandle of(byte[] code, Parameter... parameters) {
        MemoryLayout[] arguments = new MemoryLayout[parameters.length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = parameters[i].layout();
        }
        MemorySegment address =
                ExecutableMemory.place(code)
                        .orElseThrow(() -> new IllegalStateException("no executable memory"));
        return Linker.nativeLinker()
                .downcallHandle(
                        address,
                        FunctionDescriptor.ofVoid(arguments),
                        Linker.Option.critical(true));
    }

    /** Throws {@link IndexOutOfBoundsException} unless {@code segment} has these bytes. */
    static void requireBytes(MemorySegment segment, long offset, long bytes) {
        Objects.checkFromIndexSize(offset, bytes, segment.byteSize());
    }
}
