package dev.altiplano.planner.input;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.schema.Section;
import dev.altiplano.planner.step.ActivationForm;
import dev.altiplano.planner.step.BatchSchedule;
import dev.altiplano.planner.step.FlopsConvention;
import dev.altiplano.planner.step.Overlap;
import dev.altiplano.planner.step.Precision;
import dev.altiplano.planner.step.TrainingSpec;
import java.util.List;
import java.util.Optional;

/** Reads {@code training}. */
final class TrainingPart {
    private TrainingPart() {}

    static TrainingInput read(Section section) {
        Section precision = section.block("precision");
        Section exposed = section.block("exposed");
        String optimizer = section.text("optimizer");
        TrainingSpec spec =
                new TrainingSpec(
                        section.wholeLong("sequence"),
                        precision(precision, optimizer.equals("sgd")),
                        section.flag("flash"),
                        section.choice("activations", ActivationForm.class),
                        precision.number("fp8_share"),
                        section.number("expert_capacity"),
                        section.number("expert_imbalance"),
                        section.whole("logit_chunks"),
                        new Overlap(
                                exposed.number("tp"),
                                exposed.number("cp"),
                                exposed.number("ep"),
                                exposed.number("dp")));
        Optional<Section> range = section.optionalBlock("batch_tokens");
        long min =
                range.map(r -> r.wholeLong("min"))
                        .orElseGet(() -> section.wholeLong("batch_tokens"));
        long max = range.map(r -> r.wholeLong("max")).orElse(min);
        requireBatch(section, min, max, spec.sequenceTokens());
        return new TrainingInput(
                section.number("tokens"),
                spec,
                min,
                max,
                section.place("batch_tokens"),
                schedule(section),
                convention(section));
    }

    private static void requireBatch(Section section, long min, long max, long sequence) {
        if (min > max || max < sequence) {
            throw new PlannerException(
                    Problem.of(
                                    ErrorCode.E005,
                                    min > max
                                            ? "batch of %d to %d tokens is empty"
                                                    .formatted(min, max)
                                            : "batch of %d tokens is shorter than one sequence of %d"
                                                    .formatted(max, sequence))
                            .at(section.place("batch_tokens")));
        }
    }

    private static Precision precision(Section section, boolean sgd) {
        return new Precision(
                bytes(section.text("compute")),
                bytes(section.text("weights")),
                bytes(section.text("gradients")),
                bytes(section.text("master")),
                sgd ? 0 : 2 * bytes(section.text("moments")));
    }

    private static double bytes(String format) {
        return switch (format) {
            case "none" -> 0;
            case "fp8" -> 1;
            case "bf16", "fp16" -> 2;
            case "fp32" -> 4;
            default -> throw new IllegalStateException("number format " + format);
        };
    }

    private static Optional<BatchSchedule> schedule(Section section) {
        List<BatchSchedule.Phase> phases =
                section.blocks("batch_schedule").stream()
                        .map(
                                phase ->
                                        new BatchSchedule.Phase(
                                                phase.number("from"),
                                                phase.wholeLong("batch_tokens"),
                                                phase.wholeLong("sequence")))
                        .toList();
        return phases.isEmpty() ? Optional.empty() : Optional.of(new BatchSchedule(phases));
    }

    private static FlopsConvention convention(Section section) {
        return switch (section.text("attention_flops")) {
            case "none" -> FlopsConvention.NO_ATTENTION;
            case "full" -> FlopsConvention.FULL;
            default -> FlopsConvention.CAUSAL;
        };
    }
}
