package dev.altiplano.cli;

import dev.altiplano.cli.hub.ModelStore;
import dev.altiplano.cli.hub.StoredModel;
import dev.altiplano.compute.KernelTier;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks at this machine: JDK, processor, memory, models, disk, port. */
final class Examination {
    private static final Runtime.Version OLDEST_JDK = Runtime.Version.parse("25.0.3");
    private static final long FREE_BYTES_MIN = 1L << 30;

    /** What the kernels use now or will look for, as Linux spells it. */
    private static final Set<String> CPU_FEATURES =
            Set.of(
                    "avx2",
                    "fma",
                    "f16c",
                    "avx512f",
                    "avx512bw",
                    "avx512vl",
                    "avx512_vnni",
                    "avx_vnni",
                    "avx512_bf16",
                    "amx_int8",
                    "asimd",
                    "asimddp",
                    "i8mm",
                    "sve");

    private final ModelStore store;
    private final int port;
    private final Optional<KernelTier> wantedTier;

    /** {@code wantedTier} is what the settings ask for; the fastest if empty. */
    Examination(ModelStore store, int port, Optional<KernelTier> wantedTier) {
        this.store = store;
        this.port = port;
        this.wantedTier = wantedTier;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(jdk());
        findings.add(processor());
        findings.add(kernels());
        findings.add(memory());
        findings.add(modelFolder());
        findings.add(models());
        findings.add(disk());
        findings.add(listening());
        return findings;
    }

    private static Finding jdk() {
        String found = Runtime.version() + ", " + System.getProperty("java.vm.vendor");
        return Runtime.version().compareToIgnoreOptional(OLDEST_JDK) >= 0
                ? Finding.good("JDK", found)
                : Finding.broken(
                        "JDK",
                        found,
                        "Earlier builds of 25 can corrupt pinned arrays: install 25.0.3 or later.");
    }

    private static Finding processor() {
        String found =
                "%d cores, %s, %s"
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                System.getProperty("os.arch"),
                                String.join(" ", cpuFeatures()));
        return Finding.good("processor", found.strip());
    }

    /** The features of {@link #CPU_FEATURES} that Linux reports; none elsewhere. */
    static Set<String> cpuFeatures() {
        Path cpuInfo = Path.of("/proc/cpuinfo");
        Set<String> features = new TreeSet<>();
        if (!Files.isReadable(cpuInfo)) {
            return features;
        }
        try (Stream<String> lines = Files.lines(cpuInfo)) {
            lines.filter(line -> line.matches("(flags|Features)\\s*:.*"))
                    .limit(1)
                    .flatMap(line -> Arrays.stream(line.split("\\s+")))
                    .filter(CPU_FEATURES::contains)
                    .forEach(features::add);
        } catch (IOException unreadable) {
            return features; // shown as none
        }
        return features;
    }

    /** The processor as Linux names it; elsewhere its architecture. */
    static String processorName() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.matches("model name\\s*:.*"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException notLinux) {
            return System.getProperty("os.arch");
        }
    }

    /** The tier in use, the others that could be asked for, and why the rest cannot run. */
    private Finding kernels() {
        KernelTier best = KernelTier.best();
        List<String> available = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (KernelTier tier : KernelTier.values()) {
            if (tier.isInstalled()) {
                available.add(tier.toString());
            }
            if (tier.compareTo(best) > 0) {
                tier.whyUnavailable().ifPresent(why -> reasons.add(tier + ": " + why + "."));
            }
        }
        KernelTier used = wantedTier.orElse(best);
        String found = "%s in use; available: %s".formatted(used, String.join(", ", available));
        if (used.whyUnavailable().isPresent()) {
            return Finding.broken("kernels", found, used + ": " + used.whyUnavailable().get());
        }
        if (used != best) {
            reasons.add(used + " was asked for: leave out --tier and ALTIPLANO_TIER.");
        } else if (best.compareTo(KernelTier.VECTOR) > 0) {
            return Finding.good("kernels", found); // machine code: the rest is for other processors
        }
        return reasons.isEmpty()
                ? Finding.good("kernels", found)
                : Finding.slow("kernels", found, String.join(" ", reasons));
    }

    private static Finding memory() {
        var system =
                (com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean();
        long freeBytes = freeBytes(system);
        String found =
                "%s, %s available, heap up to %s"
                        .formatted(
                                Units.bytes(system.getTotalMemorySize()),
                                Units.bytes(freeBytes),
                                Units.bytes(Runtime.getRuntime().maxMemory()));
        return freeBytes >= FREE_BYTES_MIN
                ? Finding.good("memory", found)
                : Finding.slow(
                        "memory",
                        found,
                        "Less than 1 GiB is available: close programs, or use a smaller model.");
    }

    /** Memory that this machine could give now. */
    static long freeBytes() {
        return freeBytes(
                (com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean());
    }

    private static long freeBytes(com.sun.management.OperatingSystemMXBean system) {
        return availableBytes().orElse(system.getFreeMemorySize());
    }

    /** What Linux could give without swapping, page cache included. */
    private static Optional<Long> availableBytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    private Finding modelFolder() {
        Path folder = store.folder();
        Path nearest = nearestExisting(folder);
        return Files.isDirectory(nearest) && Files.isWritable(nearest)
                ? Finding.good("model folder", folder.toString())
                : Finding.broken(
                        "model folder",
                        folder + ": cannot be written",
                        "Mend the rights of " + nearest + ", or set ALTIPLANO_HOME.");
    }

    /** The folder itself or the closest one above it that is there. */
    private static Path nearestExisting(Path folder) {
        Path path = folder.toAbsolutePath();
        for (Path up = path; up != null; up = up.getParent()) {
            if (Files.exists(up)) {
                return up;
            }
        }
        return path;
    }

    private Finding models() {
        List<StoredModel> models = store.list();
        if (models.isEmpty()) {
            return Finding.broken("models", "none", "Fetch the default model: altiplano pull");
        }
        String names = String.join(", ", models.stream().map(StoredModel::name).toList());
        return Finding.good("models", models.size() + ": " + names);
    }

    private Finding disk() {
        long freeBytes = nearestExisting(store.folder()).toFile().getUsableSpace();
        String found = Units.bytes(freeBytes) + " free";
        return freeBytes >= FREE_BYTES_MIN
                ? Finding.good("disk", found)
                : Finding.broken(
                        "disk",
                        found,
                        "Less than 1 GiB is free: make room, or set ALTIPLANO_HOME to another disk.");
    }

    private Finding listening() {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return Finding.good("port", probe.getLocalPort() + " is free");
        } catch (IOException inUse) {
            return Finding.slow(
                    "port",
                    String.format(Locale.ROOT, "%d is in use", port),
                    "Another program (or altiplano serve) listens there: serve --port N.");
        }
    }
}
