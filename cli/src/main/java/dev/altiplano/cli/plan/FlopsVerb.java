package dev.altiplano.cli.plan;

import dev.altiplano.planner.explain.Term;
import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.step.Flops;
import dev.altiplano.planner.step.FlopsConvention;
import dev.altiplano.planner.step.ModelShape;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code plan flops}: size of the model and work of the training. */
@Command(
        name = "flops",
        mixinStandardHelpOptions = true,
        description = "Parameters, and training FLOPs in each convention.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan flops plan.yaml --explain",
            "  altiplano plan flops --set model=llama-3.1-405b --set training.tokens=15.6T"
                    + " --set cluster.accelerator=h100-sxm --set cluster.gpus=16384",
        })
final class FlopsVerb extends PlanFileVerb {
    private static final List<FlopsConvention> CONVENTIONS =
            List.of(
                    FlopsConvention.SIX_ND,
                    FlopsConvention.NO_ATTENTION,
                    FlopsConvention.CAUSAL,
                    FlopsConvention.FULL);

    @Override
    Answer answer() {
        PlanInput input = input();
        ModelShape model = input.model().shape();
        double tokens = input.training().tokens();
        double peak = input.cluster().spec().peakFlops() * input.cluster().gpus();
        Answer answer =
                about(input, "FLOPs of " + input.model().title())
                        .figure("parameters", "parameters", model.parameters(), "", Grade.DERIVED)
                        .figure(
                                "active_parameters",
                                "parameters that a token passes through",
                                model.activeParameters(),
                                "",
                                Grade.DERIVED)
                        .figure("tokens", "tokens", tokens, "tokens", Grade.STATED)
                        .figure(
                                "flops",
                                "FLOPs, 6 N D",
                                Flops.sixNd(model.activeParameters(), tokens),
                                "FLOP",
                                Grade.DERIVED);
        Grid grid =
                answer.grid("conventions", "Training FLOPs by convention")
                        .text("convention", "convention")
                        .number("flops_per_token", "FLOPs per token")
                        .number("flops", "FLOPs of the run")
                        .number("days_at_peak", "days at 100 % of the peak");
        double sequence = input.training().spec().sequenceTokens();
        for (FlopsConvention convention : CONVENTIONS) {
            double perToken = Flops.perToken(model, sequence, convention);
            double total = perToken * tokens;
            grid.row(convention.label(), perToken, total, total / peak / 86_400);
        }
        return answer.note("MFU has no single definition: a figure always carries its convention.")
                .explain(terms(model, tokens));
    }

    private static List<Term> terms(ModelShape model, double tokens) {
        return List.of(
                Term.of(
                        "FLOPs, 6 N D",
                        Flops.sixNd(model.activeParameters(), tokens),
                        "FLOP",
                        "The Llama 3 Herd of Models",
                        "6 x {} x {}",
                        model.activeParameters(),
                        tokens),
                Term.of(
                        "attention parameters of a layer",
                        model.attentionParameters(),
                        "",
                        "2 d h δ + 2 d k δ",
                        "2 x {} x {} x {} + 2 x {} x {} x {}",
                        model.hidden(),
                        model.heads(),
                        model.headDim(),
                        model.hidden(),
                        model.kvHeads(),
                        model.headDim()));
    }
}
