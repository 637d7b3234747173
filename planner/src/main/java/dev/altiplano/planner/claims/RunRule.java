package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Dimension;
import dev.altiplano.planner.quantity.Numbers;
import dev.altiplano.planner.step.Flops;
import dev.altiplano.planner.step.FlopsConvention;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Model, tokens, accelerators, time and MFU of one run: whichever is claimed follows from the
 * others. MFU has no single definition, so every convention that can be computed is a reading.
 */
final class RunRule implements Rule {
    private static final long SEQUENCE_TOKENS = 8_192;
    private static final double EFFECTIVE_SHARE = 0.9;

    /** The claim gives the work of the whole run, in the place of model and tokens. */
    private static final Map<Said, Double> COUNTED = Map.of(Said.of("work as given"), 1.0);

    /** FLOPs per token by name of the convention; the first is the expected one. */
    private record Run(
            Map<Said, Double> flopsPerToken,
            Chip chip,
            Optional<Double> gpus,
            Optional<Double> tokens,
            Optional<Double> tokensPerSecond,
            Optional<Double> seconds,
            Optional<Double> mfu) {

        Optional<Double> rate() {
            return tokensPerSecond.or(
                    () -> tokens.flatMap(total -> seconds.map(span -> total / span)));
        }
    }

    @Override
    public Optional<Question> ask(Statement statement) {
        List<Measure> parameters = statement.measures(Dimensions.PARAMETERS);
        Optional<Chip> chip = statement.chip();
        List<Measure> measures = statement.measures();
        boolean counted =
                parameters.isEmpty() && statement.measures(Dimensions.OPERATIONS).size() == 1;
        if ((parameters.size() != 1 && !counted) || chip.isEmpty() || measures.size() < 4) {
            return Optional.empty();
        }
        Measure claimed = measures.getLast();
        Run run =
                run(
                        statement,
                        counted ? COUNTED : conventions(parameters.getFirst()),
                        counted ? Dimensions.OPERATIONS : Dimensions.TOKENS,
                        chip.get(),
                        claimed);
        List<Candidate> candidates = new ArrayList<>();
        run.flopsPerToken()
                .forEach(
                        (name, flops) ->
                                value(run, claimed, flops)
                                        .ifPresent(
                                                value ->
                                                        candidates.add(
                                                                candidate(
                                                                        run,
                                                                        name,
                                                                        flops,
                                                                        value,
                                                                        candidates.isEmpty()))));
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        if (claimed.dimension().equals(Dimensions.TIME)) {
            candidates.add(withStops(candidates.getFirst()));
        }
        return Optional.of(Question.of(claimed, candidates));
    }

    private static Run run(
            Statement statement,
            Map<Said, Double> flops,
            Dimension work,
            Chip chip,
            Measure claimed) {
        return new Run(
                flops,
                chip,
                given(statement, Dimensions.GPU, claimed),
                given(statement, work, claimed),
                given(statement, Dimensions.TOKEN_RATE, claimed),
                given(statement, Dimensions.TIME, claimed),
                statement
                        .labelled(Meaning.MFU)
                        .filter(measure -> !measure.equals(claimed))
                        .map(Measure::base)
                        .or(() -> achieved(statement, chip, claimed)));
    }

    private static Map<Said, Double> conventions(Measure parameters) {
        Map<Said, Double> flops = new LinkedHashMap<>();
        flops.put(Said.figures(FlopsConvention.SIX_ND.label()), 6 * parameters.base());
        KnownModel.withActive(parameters.base())
                .ifPresent(
                        model -> {
                            for (FlopsConvention convention :
                                    List.of(
                                            FlopsConvention.NO_ATTENTION,
                                            FlopsConvention.CAUSAL,
                                            FlopsConvention.FULL)) {
                                flops.put(
                                        Said.of(
                                                "{} at 8,192 tokens",
                                                Said.named(convention.label())),
                                        Flops.perToken(model.shape(), SEQUENCE_TOKENS, convention));
                            }
                        });
        return flops;
    }

    private static Optional<Double> given(
            Statement statement, Dimension dimension, Measure claimed) {
        return statement.measures(dimension).stream()
                .filter(measure -> !measure.equals(claimed))
                .map(Measure::base)
                .findFirst();
    }

    /** {@code at 400 TFLOP/s} is an MFU, too. */
    private static Optional<Double> achieved(Statement statement, Chip chip, Measure claimed) {
        return given(statement, Dimensions.OPERATION_RATE, claimed)
                .or(() -> given(statement, Dimensions.OPERATION_RATE.over(Dimensions.GPU), claimed))
                .map(flops -> flops / chip.bf16Flops());
    }

    private static Optional<Double> value(Run run, Measure claimed, double flops) {
        double peak = run.chip().bf16Flops();
        Dimension what = claimed.dimension();
        if (claimed.is(Meaning.MFU)) {
            return both(run.rate(), run.gpus(), (rate, gpus) -> rate * flops / (gpus * peak));
        }
        Optional<Double> speed =
                both(run.gpus(), run.mfu(), (gpus, mfu) -> gpus * peak * mfu / flops);
        if (what.equals(Dimensions.TOKEN_RATE)) {
            return speed;
        }
        if (what.equals(Dimensions.TIME)) {
            return both(run.tokens(), speed, (tokens, rate) -> tokens / rate);
        }
        if (what.equals(Dimensions.TOKENS) || what.equals(Dimensions.OPERATIONS)) {
            return both(run.seconds(), speed, (seconds, rate) -> seconds * rate);
        }
        Optional<Double> gpuSeconds =
                both(run.tokens(), run.mfu(), (tokens, mfu) -> tokens * flops / (peak * mfu));
        if (what.equals(Dimensions.GPU)) {
            return both(gpuSeconds, run.seconds(), (work, seconds) -> work / seconds);
        }
        return what.equals(Dimensions.GPU.times(Dimensions.TIME)) ? gpuSeconds : Optional.empty();
    }

    private static Optional<Double> both(
            Optional<Double> a,
            Optional<Double> b,
            java.util.function.DoubleBinaryOperator operator) {
        return a.flatMap(x -> b.map(y -> operator.applyAsDouble(x, y)));
    }

    private static Candidate candidate(
            Run run, Said name, double flops, double value, boolean expected) {
        Said line =
                Said.of(
                        "{}: {} FLOP per token, peak {} TFLOP/s (bf16, dense)",
                        name,
                        Numbers.text(flops),
                        Numbers.text(run.chip().bf16Flops() / 1e12));
        Candidate candidate =
                expected
                        ? Candidate.expected(name, value, 0.005 * value, line)
                        : Candidate.other(name, value, 0.005 * value, line);
        return candidate.because(Said.of("bf16 peak of {}", Said.quoted(run.chip().name())));
    }

    private static Candidate withStops(Candidate whole) {
        return Candidate.other(
                Said.of("{}, 90 % of the time effective", whole.name()),
                whole.value() / EFFECTIVE_SHARE,
                whole.half(),
                Said.of("{}, divided by 0.9", whole.arithmetic().getFirst()));
    }
}
