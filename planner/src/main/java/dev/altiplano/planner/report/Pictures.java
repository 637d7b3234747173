package dev.altiplano.planner.report;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.catalog.Catalog;
import java.util.ArrayList;
import java.util.List;

/** The pictures of one plan, in the order in which they are read. */
final class Pictures {
    private final Texts texts;
    private final Catalog catalog;
    private final Plan plan;
    private final PowerAnswer answer;

    Pictures(Texts texts, Catalog catalog, Plan plan, PowerAnswer answer) {
        this.texts = texts;
        this.catalog = catalog;
        this.plan = plan;
        this.answer = answer;
    }

    List<Section> all() {
        List<Section> sections = new ArrayList<>();
        plan.layout()
                .chosen()
                .ifPresent(
                        chosen -> {
                            sections.add(
                                    LayoutPicture.of(
                                            texts, chosen.layout(), plan.input().cluster()));
                            sections.add(MemoryPicture.of(texts, plan.input(), chosen));
                            sections.add(StepPicture.of(texts, chosen));
                        });
        sections.add(RegionPicture.of(texts, catalog, answer.chosen().all().facility()));
        sections.add(CostPicture.of(texts, plan, answer.chosen().all().facility()));
        return sections;
    }
}
