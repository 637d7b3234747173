package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Dimension;
import dev.altiplano.planner.quantity.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Failure rates against size: from a rate per thousand node-days, from a count in a time, or from
 * the same rate at another size. Linear in the number of accelerators, eight to a node.
 */
final class FailureRule implements Rule {
    private static final double GPUS_PER_NODE = 8;
    private static final double DAY_SECONDS = 86_400;

    /** Stops per thousand node-days that were measured, by profile (L3P; REL). */
    private static final double[] PROFILES = {3.79, 6.50, 2.34};

    private static final List<Said> PROFILE_NAMES =
            List.of(
                    Said.of("Llama 3's run (L3P)"),
                    Said.quoted("RSC-1 (REL)"),
                    Said.quoted("RSC-2 (REL)"));

    @Override
    public Optional<Question> ask(Statement statement) {
        List<Measure> measures = statement.measures();
        if (!statement.has(Meaning.FAILURE) || measures.size() < 2) {
            return Optional.empty();
        }
        List<Measure> times = statement.measures(Dimensions.TIME);
        List<Measure> gpus = statement.measures(Dimensions.GPU);
        Optional<Measure> rate = statement.labelled(Meaning.NODE_DAYS);
        Measure last = measures.getLast();
        if (times.size() == 2 && gpus.size() == 2 && measures.size() == 4) {
            return Optional.of(scaled(times, gpus));
        }
        if (rate.isPresent() && !rate.get().equals(last) && times.size() == 1) {
            return nodes(statement).map(n -> ofRate(rate.get().base(), n, times.getFirst()));
        }
        Optional<Measure> count = count(statement);
        if (count.isPresent() && times.size() == 1 && gpus.size() == 1 && measures.size() == 3) {
            return Optional.of(ofProfiles(gpus.getFirst(), spacing(times.getFirst(), count.get())));
        }
        if (count.isPresent() && !times.isEmpty()) {
            return counted(statement, count.get(), times.getFirst(), last);
        }
        return times.size() == 1 && gpus.size() == 1 && measures.size() == 2
                ? Optional.of(ofProfiles(gpus.getFirst(), times.getFirst()))
                : Optional.empty();
    }

    /** A bare number that is no rate. */
    private static Optional<Measure> count(Statement statement) {
        return statement.measures(Dimension.NONE).stream()
                .filter(measure -> measure.label().isEmpty() && !measure.isPercent())
                .findFirst();
    }

    /** GPUs over eight, or else the bare number, which then counts nodes. */
    private static Optional<Double> nodes(Statement statement) {
        return statement.measures(Dimensions.GPU).stream()
                .map(gpus -> gpus.base() / GPUS_PER_NODE)
                .findFirst()
                .or(() -> count(statement).map(Measure::base));
    }

    private static Question scaled(List<Measure> times, List<Measure> gpus) {
        double ratio = gpus.get(0).base() / gpus.get(1).base();
        double value = times.get(0).base() * ratio;
        Said line = Said.of("{} × {} / {}", times.get(0), gpus.get(0), gpus.get(1));
        double half = times.get(0).baseInputHalf() * ratio;
        Candidate candidate =
                Candidate.expected(Said.of("the same rate per GPU"), value, half, line)
                        .because(Said.of("failures grow with the number of GPUs (assumed)"));
        return Question.of(times.get(1), List.of(candidate));
    }

    private static Question ofRate(double rate, double nodes, Measure claimed) {
        return Question.of(
                claimed, List.of(between(rate, nodes, Said.of("the rate of the claim"), true)));
    }

    private static Candidate between(double rate, double nodes, Said name, boolean expected) {
        double seconds = DAY_SECONDS / (rate / 1_000 * nodes);
        Said line =
                Said.of("24 h / ({} / 1,000 × {} nodes)", Numbers.text(rate), Numbers.text(nodes));
        return expected
                ? Candidate.expected(name, seconds, 0, line)
                : Candidate.other(name, seconds, 0, line);
    }

    /** {@code 419 stops in 54 days} claims the time between two. */
    private static Measure spacing(Measure span, Measure count) {
        return Measure.of(span.number().times(1 / count.base()), span.unit());
    }

    private static Question ofProfiles(Measure gpus, Measure claimed) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < PROFILES.length; i++) {
            candidates.add(
                    between(PROFILES[i], gpus.base() / GPUS_PER_NODE, PROFILE_NAMES.get(i), false)
                            .because(
                                    Said.of(
                                            "{}: {} stops per thousand node-days",
                                            PROFILE_NAMES.get(i),
                                            Numbers.text(PROFILES[i]))));
        }
        return Question.of(claimed, candidates);
    }

    /** {@code 419 stops in 54 days on 16384 GPUs = …}: hours, GPU-hours, or a rate. */
    private static Optional<Question> counted(
            Statement statement, Measure count, Measure span, Measure claimed) {
        double seconds = span.base() / count.base();
        Said line = Said.of("{} / {}", span, count);
        Optional<Double> gpus =
                statement.measures(Dimensions.GPU).stream().map(Measure::base).findFirst();
        if (!claimed.equals(span) && claimed.dimension().equals(Dimensions.TIME)) {
            return Optional.of(question(claimed, Said.of("time between stops"), seconds, line));
        }
        if (claimed.dimension().equals(Dimensions.GPU.times(Dimensions.TIME)) && gpus.isPresent()) {
            Said all = Said.of("{} × {} GPUs", line, Numbers.text(gpus.get()));
            return Optional.of(
                    question(
                            claimed,
                            Said.of("GPU-hours between stops"),
                            seconds * gpus.get(),
                            all));
        }
        if (claimed.is(Meaning.NODE_DAYS)) {
            Optional<Double> nodes =
                    gpus.map(n -> n / GPUS_PER_NODE)
                            .or(
                                    () ->
                                            statement.measures(Dimension.NONE).stream()
                                                    .filter(
                                                            m ->
                                                                    !m.equals(count)
                                                                            && !m.equals(claimed))
                                                    .map(Measure::base)
                                                    .findFirst());
            return nodes.map(
                    n ->
                            question(
                                    claimed,
                                    Said.of("stops per thousand node-days"),
                                    1_000 * count.base() / (n * span.base() / DAY_SECONDS),
                                    Said.of(
                                            "1,000 × {} / ({} nodes × {})",
                                            count,
                                            Numbers.text(n),
                                            span)));
        }
        return Optional.empty();
    }

    private static Question question(Measure claimed, Said name, double value, Said line) {
        return Question.of(claimed, List.of(Candidate.expected(name, value, 0, line)));
    }
}
