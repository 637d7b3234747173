package dev.altiplano.bench.peers;

import dev.altiplano.bench.peers.Comparison.Ratio;
import dev.altiplano.bench.peers.Results.Failure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Comparisons as a Markdown table. Decode is given as GB/s of weights and their share of what the
 * machine can read, prefill as 10⁹ operations a second.
 */
final class ResultTable {
    private static final String HEAD =
            """
            | model | test | threads | engine | min | median | max | | ours ÷ best peer |
            |---|---|---|---|---|---|---|---|---|
            """;

    private final Optional<Ceilings> ceilings;
    private final StringBuilder text = new StringBuilder(HEAD);

    private ResultTable(Optional<Ceilings> ceilings) {
        this.ceilings = ceilings;
    }

    static String of(
            List<Comparison> comparisons, List<Failure> failures, Optional<Ceilings> ceilings) {
        ResultTable table = new ResultTable(ceilings);
        comparisons.forEach(table::add);
        failures.forEach(table::add);
        return table.text.toString();
    }

    private void add(Comparison comparison) {
        comparison
                .tokensPerSecond()
                .forEach(
                        (engine, rates) ->
                                row(
                                        comparison.setting().subject().name(),
                                        comparison.setting().workload(),
                                        comparison.setting().threads(),
                                        engine,
                                        number(rates.min()),
                                        number(rates.median()),
                                        number(rates.max()),
                                        work(comparison, engine, rates.median()),
                                        isOurs(engine) ? ratio(comparison.ratio()) : ""));
    }

    private void add(Failure failure) {
        String message = failure.message().replace("|", "\\|");
        row(
                failure.subject().name(),
                "all",
                failure.threads(),
                failure.engine(),
                "–",
                "–",
                "–",
                message,
                "");
    }

    private void row(Object... cells) {
        for (Object cell : cells) {
            text.append("| ").append(cell).append(' ');
        }
        text.append("|\n");
    }

    private static boolean isOurs(String engine) {
        return engine.equals(Contender.Ours.NAME);
    }

    private String work(Comparison comparison, String engine, double tokensPerSecond) {
        Workload workload = comparison.setting().workload();
        return switch (comparison.setting().subject()) {
            case Subject.File file when workload.isDecode() ->
                    bandwidth(file.work().weightBytes() * tokensPerSecond / 1e9, comparison);
            case Subject.File file ->
                    "%s GFLOP/s"
                            .formatted(
                                    whole(file.work().prefillOperations() * tokensPerSecond / 1e9));
            case Subject.Synthetic _ -> reported(comparison, engine);
        };
    }

    /** Weights and the KV cache, as Altiplano counts them. */
    private String reported(Comparison comparison, String engine) {
        OptionalDouble reported = comparison.reported();
        return isOurs(engine) && comparison.setting().workload().isDecode() && reported.isPresent()
                ? bandwidth(reported.getAsDouble(), comparison)
                : "";
    }

    private String bandwidth(double gigabytesPerSecond, Comparison comparison) {
        String rate = number(gigabytesPerSecond) + " GB/s";
        return ceilings.flatMap(known -> known.readGigabytes(comparison.setting().threads()))
                .map(roof -> "%s, %s %%".formatted(rate, whole(100 * gigabytesPerSecond / roof)))
                .orElse(rate);
    }

    private static String ratio(Optional<Ratio> ratio) {
        return ratio.map(
                        known ->
                                String.format(
                                        Locale.ROOT,
                                        "**%.2f** (%.2f–%.2f)",
                                        known.spread().median(),
                                        known.spread().min(),
                                        known.spread().max()))
                .orElse("");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }
}
