package dev.altiplano.cli.plan;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.layout.Finding;
import dev.altiplano.planner.layout.SearchCounts;
import dev.altiplano.planner.layout.SearchResult;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import picocli.CommandLine.Command;

/** {@code plan search}: the best layouts. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = "The best layouts, and the front of time, memory, GPUs and power.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan search plan.yaml",
            "  altiplano plan search --set model=llama-3.1-405b --set training.tokens=15.6T"
                    + " --set cluster.accelerator=h100-sxm --set cluster.gpus=16384",
            "  altiplano plan search plan.yaml --set"
                    + " \"training.batch_tokens={min: 16M, max: 64M}\" --json",
        })
final class SearchVerb extends PlanFileVerb {
    @Override
    Answer answer() {
        Plan plan = plan();
        SearchResult found = plan.layout().search().orElseThrow(() -> nothingToSearch(plan));
        Answer answer =
                about(plan, "Layouts for " + plan.input().model().title())
                        .fact("timed_out", "stopped by the clock", found.timedOut())
                        .fact(
                                "spare_nodes",
                                "nodes kept free for failures",
                                plan.failures().spareNodes());
        LayoutText.rows(answer.grid("best", "Best layouts"), found.best());
        LayoutText.rows(
                answer.grid("front", "No other is as good in time, memory, GPUs and tokens/s/MW"),
                found.front());
        counts(answer, found.counts());
        Grid findings = answer.grid("findings", "").hidden("kind").hidden("message");
        for (Finding finding : found.findings()) {
            findings.row(LayoutText.word(finding.kind()), finding.message());
            answer.note(finding.message());
        }
        return answer;
    }

    private static PlannerException nothingToSearch(Plan plan) {
        boolean isNamed = plan.input().layout().named().isPresent();
        return new PlannerException(
                Problem.of(
                                ErrorCode.E005,
                                "the plan %s, so there is nothing to search"
                                        .formatted(
                                                isNamed
                                                        ? "names a layout"
                                                        : "gives a measured speed"))
                        .at(plan.input().layout().place())
                        .hinting(isNamed ? "--set layout=search" : "leave measured out"));
    }

    private static void counts(Answer answer, SearchCounts counts) {
        answer.grid("counts", "What became of the space")
                .text("what", "what")
                .number("count", "count")
                .row("points whose degrees divide", counts.points())
                .row("points too slow by their lower bound", counts.slowPoints())
                .row("passes of the others", counts.passes())
                .row("passes too slow", counts.slowPasses())
                .row("layouts of the others", counts.layouts())
                .row("layouts whose states do not fit", counts.statesTooLarge())
                .row("layouts that do not fit", counts.tooLarge())
                .row("layouts that the engine refuses", counts.refused())
                .row("layouts that fit", counts.fitting());
    }
}
