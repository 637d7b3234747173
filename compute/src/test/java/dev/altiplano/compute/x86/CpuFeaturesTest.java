package dev.altiplano.compute.x86;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CpuFeaturesTest {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** The kernel asks the processor, too, and hides what it does not save. */
    @Test
    void findsWhatTheSystemFinds() throws IOException {
        Optional<CpuFeatures> found = CpuFeatures.detect();
        assumeTrue(found.isPresent() && Files.exists(CPU_INFO), "not x86-64 Linux");
        Set<String> flags = flags();

        assertThat(found)
                .contains(
                        new CpuFeatures(
                                flags.containsAll(Set.of("avx2", "fma", "f16c")),
                                flags.containsAll(
                                        Set.of("avx512f", "avx512bw", "avx512dq", "avx512vl")),
                                flags.contains("avx512_vnni")));
    }

    private static Set<String> flags() throws IOException {
        return Files.readAllLines(CPU_INFO).stream()
                .filter(line -> line.startsWith("flags"))
                .findFirst()
                .map(line -> Set.of(line.substring(line.indexOf(':') + 1).strip().split(" ")))
                .orElse(Set.of());
    }
}
