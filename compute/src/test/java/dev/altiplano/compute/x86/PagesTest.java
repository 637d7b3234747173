package dev.altiplano.compute.x86;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

final class PagesTest {
    @Test
    void givesZeroedPagesThatCanBeWrittenAndReadAndGivenBack() {
        MemorySegment pages = Pages.map(5000).orElseThrow();
        Pages.preferLarge(pages);

        assertThat(pages.byteSize()).isEqualTo(2 * Pages.ALIGNMENT_BYTES);
        assertThat(pages.get(ValueLayout.JAVA_BYTE, 8191)).isZero();
        pages.set(ValueLayout.JAVA_BYTE, 8191, (byte) 7);
        assertThat(pages.get(ValueLayout.JAVA_BYTE, 8191)).isEqualTo((byte) 7);
        Pages.unmap(pages);
    }

    @Test
    void saysWhenTheSystemHasNoMoreMemory() {
        assertThat(Pages.map(1L << 60)).isEmpty();
    }
}
