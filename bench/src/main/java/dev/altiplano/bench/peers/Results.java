package dev.altiplano.bench.peers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a race has measured so far. Owned by one thread. */
final class Results {
    /** One line-up: what all engines did under the same conditions. */
    record Setting(Subject subject, Workload workload, int threads) {}

    /** What went wrong, once for each engine, model and number of threads. */
    record Failure(Subject subject, int threads, String engine, String message) {}

    private final Map<Setting, Map<String, SortedMap<Integer, Sample>>> samples =
            new LinkedHashMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Map<String, String> builds = new LinkedHashMap<>();

    void add(Subject subject, int threads, String engine, int round, List<Sample> found) {
        for (Sample sample : found) {
            samples.computeIfAbsent(
                            new Setting(subject, sample.workload(), threads),
                            absent -> new LinkedHashMap<>())
                    .computeIfAbsent(engine, absent -> new TreeMap<>())
                    .put(round, sample);
            builds.put(engine, sample.build());
        }
    }

    void fail(Failure failure) {
        failures.add(failure);
    }

    boolean hasFailed(Subject subject, int threads, String engine) {
        return failures.stream()
                .anyMatch(
                        failure ->
                                failure.subject().equals(subject)
                                        && failure.threads() == threads
                                        && failure.engine().equals(engine));
    }

    List<Failure> failures() {
        return List.copyOf(failures);
    }

    /** In the order of models, then threads, then lengths. */
    List<Setting> settings() {
        List<Subject> subjects =
                samples.keySet().stream().map(Setting::subject).distinct().toList();
        return samples.keySet().stream()
                .sorted(
                        Comparator.comparingInt(
                                        (Setting setting) -> subjects.indexOf(setting.subject()))
                                .thenComparingInt(Setting::threads)
                                .thenComparing(Setting::workload))
                .toList();
    }

    /** The samples of {@code setting} by engine, each by round. */
    Map<String, SortedMap<Integer, Sample>> samples(Setting setting) {
        return Objects.requireNonNull(samples.get(setting));
    }

    /** The version that each engine gave itself. */
    Map<String, String> builds() {
        return builds;
    }
}
