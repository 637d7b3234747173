package dev.altiplano.cli.plan;

import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.layout.Candidate;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.quantity.Unit;
import dev.altiplano.planner.step.MemoryEstimate;
import dev.altiplano.planner.step.MemoryModel;
import dev.altiplano.planner.step.MemoryTerms;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code plan memory}: what one accelerator must hold. */
@Command(
        name = "memory",
        mixinStandardHelpOptions = true,
        description = "Memory of one accelerator for the plan's layout, or the best one found.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan memory plan.yaml",
            "  altiplano plan memory plan.yaml --set \"layout={tp: 8, pp: 16, dp: 128, v: 8}\""
                    + " --explain",
        })
final class MemoryVerb extends PlanFileVerb {
    private static final Unit GIB = Unit.of("GiB");

    @Override
    Answer answer() {
        PlanInput input = input();
        Candidate chosen = Chosen.layout(input);
        MemoryEstimate memory = chosen.memory();
        double usable = input.cluster().spec().hbmBytes();
        Answer answer =
                about(input, "Memory of one " + input.cluster().accelerator().title())
                        .fact("layout", "layout", LayoutText.of(chosen.layout()))
                        .fact("fits", "fits (P90 within usable memory)", memory.fits(usable));
        part(answer, "weights", "weights", memory.states().weightBytes());
        part(answer, "gradients", "gradients", memory.states().gradientBytes());
        part(answer, "optimizer", "master copy and moments", memory.states().optimizerBytes());
        part(answer, "activations", "activations", memory.activationBytes());
        part(answer, "working_set", "working set", memory.workingBytes());
        part(answer, "overhead", "allocator, NCCL, context", overhead(memory));
        answer.figure("total", "estimate", total(memory))
                .figure(
                        "p90",
                        "what must fit, P90",
                        Quantity.exactly(
                                memory.p90Bytes() / MemoryEstimate.GIB,
                                GIB,
                                Grade.FITTED,
                                "memory model"))
                .figure(
                        "usable",
                        "usable memory",
                        input.cluster().accelerator().usableMemory().in(GIB))
                .explain(
                        MemoryTerms.of(
                                input.model().shape(),
                                input.training().spec(),
                                chosen.layout(),
                                chosen.microBatches()));
        stages(answer, input, chosen);
        return answer;
    }

    private static double overhead(MemoryEstimate memory) {
        return memory.likelyBytes() - memory.sumBytes();
    }

    private static void part(Answer answer, String key, String label, double bytes) {
        answer.figure(key, label, bytes / MemoryEstimate.GIB, "GiB", Grade.DERIVED);
    }

    private static Quantity total(MemoryEstimate memory) {
        return new Quantity(
                memory.lowBytes() / MemoryEstimate.GIB,
                memory.likelyBytes() / MemoryEstimate.GIB,
                memory.highBytes() / MemoryEstimate.GIB,
                GIB,
                Grade.FITTED,
                "memory model",
                "");
    }

    private static void stages(Answer answer, PlanInput input, Candidate chosen) {
        List<MemoryEstimate> stages =
                new MemoryModel(input.model().shape(), input.training().spec())
                        .stages(chosen.layout(), chosen.microBatches());
        Grid grid =
                answer.grid("stages", "By pipeline stage, GiB")
                        .number("stage", "stage")
                        .number("states_gib", "states")
                        .number("activations_gib", "activations")
                        .number("working_set_gib", "working set")
                        .number("total_gib", "estimate");
        for (int i = 0; i < stages.size(); i++) {
            MemoryEstimate stage = stages.get(i);
            grid.row(
                    i,
                    stage.states().sum() / MemoryEstimate.GIB,
                    stage.activationBytes() / MemoryEstimate.GIB,
                    stage.workingBytes() / MemoryEstimate.GIB,
                    stage.likelyBytes() / MemoryEstimate.GIB);
        }
    }
}
