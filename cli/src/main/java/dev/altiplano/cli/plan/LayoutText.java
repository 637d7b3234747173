package dev.altiplano.cli.plan;

import dev.altiplano.planner.layout.Candidate;
import dev.altiplano.planner.step.Layout;
import dev.altiplano.planner.step.MemoryEstimate;
import dev.altiplano.planner.step.Schedule;
import java.util.List;
import java.util.Locale;

/** Layouts as rows of a table. */
final class LayoutText {
    private LayoutText() {}

    /** Such as {@code tp 8 cp 1 pp 16 dp 128}. */
    static String of(Layout layout) {
        return "tp %d cp %d pp %d ep %d dp %d, v %d, micro %d, %s, recompute %s, %s"
                .formatted(
                        layout.tp(),
                        layout.cp(),
                        layout.pp(),
                        layout.ep(),
                        layout.dp(),
                        layout.virtualStages(),
                        layout.micro(),
                        word(layout.sharding()),
                        word(layout.recompute()),
                        schedule(layout.schedule()));
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As a plan file names it. */
    private static String schedule(Schedule schedule) {
        return schedule == Schedule.ONE_F_ONE_B ? "1f1b" : word(schedule);
    }

    static Grid columns(Grid grid) {
        return grid.number("tp", "tp")
                .number("cp", "cp")
                .number("pp", "pp")
                .number("ep", "ep")
                .number("expert_tp", "etp")
                .number("dp", "dp")
                .number("v", "v")
                .number("micro", "micro")
                .number("micro_batches", "m")
                .text("zero", "zero")
                .text("recompute", "recompute")
                .text("schedule", "schedule")
                .number("gpus", "GPUs")
                .number("batch_sequences", "batch")
                .number("step_seconds", "step s")
                .number("tokens_per_second", "tokens/s")
                .number("memory_gib", "GiB P90")
                .number("tokens_per_second_per_mw", "tokens/s/MW");
    }

    static void rows(Grid grid, List<Candidate> candidates) {
        columns(grid);
        candidates.forEach(c -> grid.row(row(c)));
    }

    private static Object[] row(Candidate candidate) {
        Layout layout = candidate.layout();
        return new Object[] {
            layout.tp(),
            layout.cp(),
            layout.pp(),
            layout.ep(),
            layout.expertTp(),
            layout.dp(),
            layout.virtualStages(),
            layout.micro(),
            candidate.microBatches(),
            word(layout.sharding()),
            word(layout.recompute()),
            schedule(layout.schedule()),
            candidate.gpus(),
            candidate.batchSequences(),
            candidate.step().seconds(),
            candidate.tokensPerSecond(),
            candidate.memoryBytes() / MemoryEstimate.GIB,
            candidate.tokensPerSecondPerMegawatt()
        };
    }
}
