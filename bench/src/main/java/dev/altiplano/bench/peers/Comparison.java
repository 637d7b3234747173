package dev.altiplano.bench.peers;

import dev.altiplano.bench.peers.Results.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * The engines of one setting beside each other.
 *
 * @param tokensPerSecond of each engine
 * @param reported GB/s that Altiplano says it read, its median
 * @param ratio ours over the best peer's, round by round: only what ran side by side is compared
 */
record Comparison(
        Setting setting,
        Map<String, Spread> tokensPerSecond,
        OptionalDouble reported,
        Optional<Ratio> ratio) {

    /** How much faster we are than {@code peer}. */
    record Ratio(String peer, Spread spread) {}

    static List<Comparison> of(Results results) {
        return results.settings().stream()
                .map(setting -> of(setting, results.samples(setting)))
                .toList();
    }

    private static Comparison of(Setting setting, Map<String, SortedMap<Integer, Sample>> engines) {
        Map<String, Spread> rates = new LinkedHashMap<>();
        engines.forEach((engine, rounds) -> rates.put(engine, rates(rounds)));
        SortedMap<Integer, Sample> ours =
                engines.getOrDefault(Contender.Ours.NAME, Collections.emptySortedMap());
        Optional<Ratio> ratio =
                engines.entrySet().stream()
                        .filter(engine -> !engine.getKey().equals(Contender.Ours.NAME))
                        .max(
                                Comparator.comparingDouble(
                                        engine -> rates(engine.getValue()).median()))
                        .flatMap(best -> ratio(best.getKey(), ours, best.getValue()));
        return new Comparison(setting, rates, reported(ours), ratio);
    }

    private static Spread rates(SortedMap<Integer, Sample> rounds) {
        return Spread.of(rounds.values().stream().map(Sample::tokensPerSecond).toList());
    }

    private static Optional<Ratio> ratio(
            String peer, SortedMap<Integer, Sample> ours, SortedMap<Integer, Sample> theirs) {
        List<Double> ratios = new ArrayList<>();
        ours.forEach(
                (round, sample) -> {
                    Sample other = theirs.get(round);
                    if (other != null) {
                        ratios.add(sample.tokensPerSecond() / other.tokensPerSecond());
                    }
                });
        return ratios.isEmpty()
                ? Optional.empty()
                : Optional.of(new Ratio(peer, Spread.of(ratios)));
    }

    private static OptionalDouble reported(SortedMap<Integer, Sample> ours) {
        List<Double> values = new ArrayList<>();
        ours.values().forEach(sample -> sample.gigabytesPerSecond().ifPresent(values::add));
        return values.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Spread.of(values).median());
    }
}
