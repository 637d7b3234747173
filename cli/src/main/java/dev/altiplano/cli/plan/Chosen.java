package dev.altiplano.cli.plan;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.Planner;
import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.layout.Candidate;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;

/** The layout that a verb is about. */
final class Chosen {
    private Chosen() {}

    static Candidate layout(PlanInput input) {
        return layout(new Planner().plan(input));
    }

    /** Measured speeds need no layout; the verbs that explain one do. */
    static Candidate layout(Plan plan) {
        return plan.layout()
                .chosen()
                .orElseThrow(
                        () ->
                                new PlannerException(
                                        Problem.of(
                                                        ErrorCode.E004,
                                                        "the plan gives a measured speed and no"
                                                                + " layout to look at")
                                                .at(plan.input().layout().place())
                                                .hinting("name a layout, or leave measured out")));
    }
}
