package dev.altiplano.model.fuzz;

import dev.altiplano.compute.ModelFormatException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Damages files in every way it can think of and opens them: each must be refused with a {@link
 * ModelFormatException}, or open and be read to its end. A case is made from the seed and its
 * number alone, so that it can be made again: {@code Fuzz CASES SEED [FIRST]}.
 */
final class Fuzz {
    private static final long CASE_NANOS_MAX = 60_000_000_000L;
    private static final PrintStream OUT = System.out;

    private final List<FuzzTarget> targets = FuzzTargets.all();
    private final int[] refused = new int[targets.size()];
    private final int[] opened = new int[targets.size()];
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final Path folder;
    private final long seed;
    private volatile String running = "";
    private volatile long startedNanos = System.nanoTime();

    private Fuzz(Path folder, long seed) {
        this.folder = folder;
        this.seed = seed;
    }

    public static void main(String[] arguments) throws IOException {
        int cases = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        int first = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        Path folder = Files.createTempDirectory("fuzz");
        try {
            Fuzz fuzz = new Fuzz(folder, seed);
            fuzz.watch();
            fuzz.openGoodFiles();
            for (int number = first; number < first + cases; number++) {
                fuzz.run(number);
            }
            fuzz.report();
        } finally {
            delete(folder);
        }
    }

    /** A case that never ends is a finding, too. */
    private void watch() {
        Thread watcher =
                new Thread(
                        () -> {
                            while (System.nanoTime() - startedNanos < CASE_NANOS_MAX) {
                                try {
                                    Thread.sleep(1000);
                                } catch (InterruptedException ended) {
                                    return;
                                }
                            }
                            OUT.println("HANGS: " + running);
                            Runtime.getRuntime().halt(3);
                        });
        watcher.setDaemon(true);
        watcher.start();
    }

    private void openGoodFiles() throws IOException {
        for (FuzzTarget target : targets) {
            Path place = Files.createDirectories(folder.resolve(target.name()));
            target.files()
                    .forEach((name, content) -> GoodFiles.write(place.resolve(name), content));
            target.opener().open(place);
        }
    }

    private void run(int number) throws IOException {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        int index = number % targets.size();
        FuzzTarget target = targets.get(index);
        String name = target.damaged().get(random.nextInt(target.damaged().size()));
        running = "seed %d, case %d, %s, %s".formatted(seed, number, target.name(), name);
        startedNanos = System.nanoTime();
        Path place = folder.resolve(target.name());
        byte[] good = good(target.files(), name);
        byte[] damaged = new Mutator(random).damage(name, good);
        Files.write(place.resolve(name), damaged);
        try {
            target.opener().open(place);
            opened[index]++;
        } catch (ModelFormatException expected) {
            refused[index]++;
            reasons.merge(reason(expected), 1, Integer::sum);
        } catch (RuntimeException | IOException | Error finding) {
            Path kept =
                    Path.of(System.getProperty("java.io.tmpdir"), "fuzz-" + number + "-" + name);
            Files.write(kept, damaged);
            OUT.println("FOUND: " + running + ", kept as " + kept);
            throw finding;
        }
        Files.write(place.resolve(name), good);
    }

    /** The message without names, numbers and what was found, so that like ones fall together. */
    private static String reason(ModelFormatException refusal) {
        return refusal.getMessage()
                .replaceAll("'[^']*'|\"[^\"]*\"|[0-9]+", "#")
                .replaceAll(", found .*", "");
    }

    private static byte[] good(Map<String, byte[]> files, String name) {
        byte[] content = files.get(name);
        if (content == null) {
            throw new IllegalArgumentException(name);
        }
        return content;
    }

    private void report() {
        int total = 0;
        for (int i = 0; i < opened.length; i++) {
            OUT.printf(
                    "%-28s %7d refused %7d opened%n", targets.get(i).name(), refused[i], opened[i]);
            total += refused[i] + opened[i];
        }
        if (Boolean.getBoolean("altiplano.fuzz.reasons")) {
            reasons.forEach((reason, count) -> OUT.printf("%7d %s%n", count, reason));
        }
        OUT.printf("%d kinds of refusal%n", reasons.size());
        OUT.printf(
                "%d cases, seed %d, %d characters of metadata read, heap of %d MB%n",
                total, seed, FuzzTargets.charactersRead(), Runtime.getRuntime().maxMemory() >> 20);
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
