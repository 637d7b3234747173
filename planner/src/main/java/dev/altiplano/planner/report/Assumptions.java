package dev.altiplano.planner.report;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.schema.DefaultUsed;
import java.util.ArrayList;
import java.util.List;

/** What the plan did not say and the planner took, and what it does not know. */
final class Assumptions {
    private static final int LIMITS = 8;

    private Assumptions() {}

    static Section of(Texts texts, Plan plan) {
        return new Section(
                "assumptions",
                texts.text("assumptions.title"),
                texts.text("assumptions.lead", texts.whole(plan.input().defaults().size())),
                List.of(),
                List.of(),
                List.of(defaults(texts, plan.input().defaults())),
                List.of(),
                points(texts, plan.warnings()));
    }

    private static DataTable defaults(Texts texts, List<DefaultUsed> defaults) {
        DataTable table =
                new DataTable(
                                texts.text("assumptions.defaults"),
                                texts.text("assumptions.key"),
                                texts.text("provenance.value"),
                                texts.text("provenance.meaning"))
                        .words(1, 2);
        defaults.forEach(
                taken ->
                        table.row(
                                taken.key(),
                                taken.value(),
                                texts.textOr("key." + taken.key(), taken.about())));
        return table;
    }

    private static List<String> points(Texts texts, List<Problem> warnings) {
        List<String> points = new ArrayList<>();
        warnings.forEach(warning -> points.add(warning.message()));
        for (int limit = 1; limit <= LIMITS; limit++) {
            points.add(texts.text("limits." + limit));
        }
        return points;
    }
}
