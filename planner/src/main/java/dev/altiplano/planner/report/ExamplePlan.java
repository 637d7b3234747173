package dev.altiplano.planner.report;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.Planner;
import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.input.PlanReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The run that the page shows when nobody gives another. */
public final class ExamplePlan {
    private static final String FILE = "example-plan.yaml";

    private ExamplePlan() {}

    /** Computes it; its layout is pinned, so nothing is searched. */
    public static Plan of(Catalog catalog) {
        String text = new String(ReportPage.resource(FILE), StandardCharsets.UTF_8);
        return new Planner(1).plan(new PlanReader(catalog).read(FILE, text, List.of()));
    }
}
