package dev.altiplano.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The kind of processor that this process runs on.
 *
 * @param name with family and model, since virtual machines hide the rest
 * @param cores that this process may use
 */
record Processor(String name, List<String> extensions, int cores) {
    /** Instruction sets that kernels are made for, as Linux names them. */
    private static final List<String> TOLD =
            List.of("avx2", "fma", "f16c", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16");

    static Processor ofThisMachine() {
        int cores = Runtime.getRuntime().availableProcessors();
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return parse(lines.toList(), cores);
        } catch (IOException notLinux) {
            return new Processor(System.getProperty("os.arch", "unknown"), List.of(), cores);
        }
    }

    /** Reads Linux's {@code /proc/cpuinfo}. */
    static Processor parse(List<String> cpuinfo, int cores) {
        Map<String, String> values = new HashMap<>();
        for (String line : cpuinfo) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                values.putIfAbsent(
                        line.substring(0, colon).strip(), line.substring(colon + 1).strip());
            }
        }
        String name =
                "%s, family %s, model %s"
                        .formatted(
                                values.getOrDefault("model name", "unknown processor"),
                                values.getOrDefault("cpu family", "?"),
                                values.getOrDefault("model", "?"));
        List<String> flags = List.of(values.getOrDefault("flags", "").split(" ", -1));
        return new Processor(name, TOLD.stream().filter(flags::contains).toList(), cores);
    }

    /** For file names and marks: {@code amd-epyc-family-25-model-1}. */
    String slug() {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    /** As headings have it. */
    @Override
    public String toString() {
        String instructions = String.join(", ", extensions);
        return "%s (%d cores%s)"
                .formatted(name, cores, instructions.isEmpty() ? "" : "; " + instructions);
    }
}
