package dev.altiplano.compute.x86;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** How much memory programs can still have, as Linux tells it. */
public final class FreeMemory {
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final String LABEL = "MemAvailable:";
    private static final long UNIT_BYTES = 1024;

    private FreeMemory() {}

    /** Bytes that can be had without swapping; empty where the system does not say. */
    public static OptionalLong bytes() {
        try (Stream<String> lines = Files.lines(MEMORY)) {
            return lines.filter(line -> line.startsWith(LABEL))
                    .map(line -> line.substring(LABEL.length()).replace("kB", "").strip())
                    .mapToLong(kibibytes -> Long.parseLong(kibibytes) * UNIT_BYTES)
                    .findFirst();
        } catch (IOException | NumberFormatException notLinux) {
            return OptionalLong.empty();
        }
    }
}
