package dev.altiplano.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class LargePagesTest {
    @Test
    void memoryBeginsAtALargePageAndIsZero() {
        try (Arena arena = Arena.ofShared()) {
            for (long bytes : new long[] {1, 100_000, LargePages.PAGE_BYTES + 1}) {
                MemorySegment memory = LargePages.allocate(bytes, arena).orElseThrow();

                assertThat(memory.byteSize()).isEqualTo(bytes);
                assertThat(memory.address() % LargePages.PAGE_BYTES).isZero();
                assertThat(memory.get(ValueLayout.JAVA_BYTE, 0)).isZero();
                assertThat(memory.get(ValueLayout.JAVA_BYTE, bytes - 1)).isZero();
                memory.fill((byte) 1);
            }
        }
    }

    @Test
    void memoryEndsWithItsArena() {
        MemorySegment memory;
        try (Arena arena = Arena.ofShared()) {
            memory = LargePages.allocate(1, arena).orElseThrow();
        }

        assertThatThrownBy(() -> memory.get(ValueLayout.JAVA_BYTE, 0))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatTheSystemDoesNotHaveIsEmpty() {
        try (Arena arena = Arena.ofShared()) {
            assertThat(LargePages.allocate(1L << 50, arena)).isEmpty();
        }
    }
}
