package dev.altiplano.cli.plan;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.input.TrainingInput;
import dev.altiplano.planner.layout.Candidate;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.quantity.Unit;
import dev.altiplano.planner.step.BatchSchedule;
import dev.altiplano.planner.step.StepTerms;
import dev.altiplano.planner.step.StepTime;
import dev.altiplano.planner.step.Utilisation;
import picocli.CommandLine.Command;

/** {@code plan step}: where the time of one step goes. */
@Command(
        name = "step",
        mixinStandardHelpOptions = true,
        description = "Time of one step by part, tokens per second and MFU in each convention.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan step plan.yaml --explain",
            "  altiplano plan step plan.yaml --set \"layout={tp: 8, pp: 16, dp: 128, v: 8}\""
                    + " --json",
        })
final class StepVerb extends PlanFileVerb {
    @Override
    Answer answer() {
        Plan plan = plan();
        Candidate chosen = Chosen.layout(plan);
        StepTime step = chosen.step();
        Quantity rate = plan.compute().tokensPerSecond();
        double stepTokens =
                (double) chosen.batchSequences() * plan.input().training().spec().sequenceTokens();
        Answer answer =
                about(plan, "One step of " + plan.input().model().title())
                        .fact("layout", "layout", LayoutText.of(chosen.layout()))
                        .fact("job_gpus", "GPUs of the job", chosen.gpus())
                        .fact("micro_batches", "micro-batches", chosen.microBatches())
                        .figure("batch", "batch", stepTokens, "tokens", Grade.STATED)
                        .figure("step", "step", seconds(rate, stepTokens))
                        .figure("tokens_per_second", "speed", rate);
        waterfall(answer, step);
        mfu(answer, plan);
        TrainingInput training = plan.input().training();
        training.schedule().ifPresent(schedule -> phases(answer, schedule, training.tokens()));
        return answer.explain(
                StepTerms.of(plan.input().stepModel(), chosen.layout(), chosen.microBatches()));
    }

    private static void phases(Answer answer, BatchSchedule schedule, double tokens) {
        Grid grid =
                answer.grid("batch_schedule", "Steps of the batch schedule")
                        .number("from", "from token")
                        .number("batch_tokens", "batch, tokens")
                        .number("sequence", "sequence")
                        .number("tokens", "tokens")
                        .number("steps", "steps");
        for (BatchSchedule.PhaseSteps phase : schedule.steps(tokens)) {
            grid.row(
                    phase.phase().fromTokens(),
                    phase.phase().batchTokens(),
                    phase.phase().sequenceTokens(),
                    phase.tokens(),
                    phase.steps());
        }
        answer.note(
                "The schedule sets the number of steps; the speed of the whole run is that of"
                        + " training.batch_tokens, so phases with a smaller batch are taken too fast.");
    }

    /** The band of the speed, turned over. */
    private static Quantity seconds(Quantity rate, double tokens) {
        return new Quantity(
                tokens / rate.high(),
                tokens / rate.likely(),
                tokens / rate.low(),
                Unit.of("s"),
                rate.grade(),
                rate.source(),
                "");
    }

    private static void waterfall(Answer answer, StepTime step) {
        Grid grid =
                answer.grid("waterfall", "Where the time goes")
                        .text("part", "part")
                        .number("seconds", "s")
                        .number("share", "share");
        part(grid, step, "compute", step.computeSeconds());
        part(grid, step, "tensor parallel", step.tpSeconds());
        part(grid, step, "context parallel", step.cpSeconds());
        part(grid, step, "expert parallel", step.epSeconds());
        part(grid, step, "pipeline bubble", step.bubbleSeconds());
        part(grid, step, "pipeline transfers", step.ppSeconds());
        part(grid, step, "data parallel", step.dpSeconds());
        part(grid, step, "optimizer", step.optimizerSeconds());
        part(grid, step, "stragglers", step.stragglerSeconds());
    }

    private static void part(Grid grid, StepTime step, String name, double seconds) {
        grid.row(name, seconds, seconds / step.seconds());
    }

    static void mfu(Answer answer, Plan plan) {
        Grid grid =
                answer.grid("mfu", "MFU by convention")
                        .text("convention", "convention")
                        .number("fraction", "MFU")
                        .number("peak_tflops", "peak TFLOP/s");
        for (Utilisation use : plan.compute().utilisation()) {
            grid.row(use.convention().label(), use.fraction(), use.peakFlops() / 1e12);
        }
    }
}
