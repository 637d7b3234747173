package dev.altiplano.planner.validation;

import dev.altiplano.planner.step.AttentionPattern;
import dev.altiplano.planner.step.Flops;
import dev.altiplano.planner.step.FlopsConvention;
import dev.altiplano.planner.step.LayerActivations;
import dev.altiplano.planner.step.MemoryEstimate;
import dev.altiplano.planner.step.ModelShape;
import dev.altiplano.planner.step.MoeShape;
import dev.altiplano.planner.step.Schedule;
import dev.altiplano.planner.step.Utilisation;
import java.util.Arrays;
import java.util.Map;

/** Parameters, FLOPs, memory and utilisation. */
final class ComputeFormulas {
    private static final double SECONDS_PER_DAY = 86_400;

    /** As many micro-batches as fill any pipeline. */
    private static final long MANY = 1L << 30;

    static final Map<String, CaseFormula> ALL =
            Map.ofEntries(
                    Map.entry("params", in -> model(in).parameters()),
                    Map.entry("params_moe", ComputeFormulas::mixture),
                    Map.entry("flops_6nd", in -> Flops.sixNd(in.number("n"), in.number("tokens"))),
                    Map.entry("product", in -> product(in.numbers("factors"))),
                    Map.entry(
                            "tokens_per_step",
                            in -> in.number("dp") * in.number("batch_per_dp") * in.number("seq")),
                    Map.entry("mfu_after_bubble", ComputeFormulas::afterBubble),
                    Map.entry("state_gib", ComputeFormulas::stateGib),
                    Map.entry("activation_gib", ComputeFormulas::activationGib),
                    Map.entry("mfu_gpt", ComputeFormulas::mfuGpt),
                    Map.entry(
                            "tokens_per_s",
                            in -> in.number("batch") * in.number("seq") / in.number("seconds")),
                    Map.entry(
                            "days",
                            in -> in.number("tokens") / in.number("rate") / SECONDS_PER_DAY),
                    Map.entry(
                            "days_flops",
                            in ->
                                    in.number("flops")
                                            / (in.number("gpus") * in.number("rate"))
                                            / SECONDS_PER_DAY),
                    Map.entry(
                            "pflops_of_mfu",
                            in -> in.number("mfu") * in.number("gpus") * in.number("peak") / 1e15),
                    Map.entry("mfu_tokens", ComputeFormulas::mfuTokens));

    private ComputeFormulas() {}

    private static ModelShape model(Inputs in) {
        return shape(in, in.whole("f"), MoeShape.NONE, in.flag("tied", false));
    }

    private static ModelShape shape(Inputs in, int ffn, MoeShape moe, boolean tied) {
        int heads = in.whole("heads");
        return new ModelShape(
                in.whole("layers"),
                in.whole("d"),
                ffn,
                heads,
                in.whole("kv"),
                in.whole("head_dim", in.whole("d") / heads),
                in.whole("vocab"),
                tied,
                3,
                moe,
                AttentionPattern.FULL,
                Math.round(in.number("extra", 0)));
    }

    private static double mixture(Inputs in) {
        MoeShape moe =
                new MoeShape(
                        in.whole("experts"),
                        in.whole("top_k"),
                        in.whole("shared"),
                        in.whole("moe_every"),
                        in.whole("f_expert"));
        ModelShape model = shape(in, in.whole("f_dense", 0), moe, false);
        return in.flag("active", false) ? model.activeParameters() : model.parameters();
    }

    private static double product(double[] factors) {
        return Arrays.stream(factors).reduce(1, (a, b) -> a * b);
    }

    private static double afterBubble(Inputs in) {
        return new Utilisation(
                        in.number("mfu"), Utilisation.Kind.MFU, FlopsConvention.NO_ATTENTION, 1)
                .withBubble(
                        in.whole("p"), in.whole("v"), in.number("m_before"), in.number("m_after"))
                .fraction();
    }

    private static double stateGib(Inputs in) {
        double width = in.number("d");
        double perRank =
                12 * in.number("layers") * width * width / (in.number("t") * in.number("p"));
        return perRank * in.number("bytes_per_param") / MemoryEstimate.GIB;
    }

    private static double activationGib(Inputs in) {
        double d = in.number("d");
        double t = in.number("t");
        double perToken =
                switch (in.text("mode", "")) {
                    case "none" ->
                            LayerActivations.gptTensorParallel(
                                    d, in.number("heads"), in.number("seq"), t);
                    case "seq+selective" -> LayerActivations.gptSelective(d, t);
                    case "full" -> LayerActivations.full(d, t);
                    default -> throw new IllegalArgumentException("mode " + in.text("mode", ""));
                };
        int pp = in.whole("p");
        int v = in.whole("v");
        Schedule schedule = v > 1 ? Schedule.INTERLEAVED : Schedule.ONE_F_ONE_B;
        double tokens = in.number("seq") * in.number("micro");
        double layers = in.number("layers") / pp * schedule.inFlight(pp, v, MANY);
        return layers * tokens * perToken / MemoryEstimate.GIB;
    }

    private static double mfuGpt(Inputs in) {
        FlopsConvention convention =
                in.text("attention", "full").equals("half")
                        ? FlopsConvention.GPT_CAUSAL
                        : FlopsConvention.GPT_FULL;
        int d = in.whole("d");
        ModelShape gpt =
                new ModelShape(
                        in.whole("layers"),
                        d,
                        4 * d,
                        1,
                        1,
                        1,
                        in.whole("vocab"),
                        true,
                        2,
                        MoeShape.NONE,
                        AttentionPattern.FULL,
                        0);
        double rate = in.number("batch") * in.number("seq") / in.number("seconds");
        double flops = Flops.perToken(gpt, in.number("seq"), convention);
        return Utilisation.mfu(rate, in.number("gpus"), flops, convention, in.number("peak"))
                .fraction();
    }

    private static double mfuTokens(Inputs in) {
        return Utilisation.mfu(
                        in.number("rate_per_gpu"),
                        1,
                        in.number("flops_per_token"),
                        FlopsConvention.FULL,
                        in.number("peak"))
                .fraction();
    }
}
