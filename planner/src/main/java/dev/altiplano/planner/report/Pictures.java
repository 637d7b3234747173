package dev.altiplano.planner.report;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.quantity.FacilityPower;
import java.util.ArrayList;
import java.util.List;

/**
 * The pictures of one plan, in the order in which they are read.
 *
 * @param answer of the first screen, whose reading says how much power the site is taken to need
 */
record Pictures(Catalog catalog, Study study, PowerAnswer answer, PlanClaims claims) {
    static Pictures of(Catalog catalog, Study study, PowerAnswer answer) {
        PlanClaims claims = PlanClaims.of(catalog, study.plan(), answer.question());
        return new Pictures(catalog, study, answer, claims);
    }

    List<Section> all(Texts texts) {
        Plan plan = study.plan();
        FacilityPower load = answer.chosen().all().facility();
        List<Section> sections = new ArrayList<>();
        sections.add(summary(texts));
        study.run()
                .ifPresent(
                        run -> {
                            sections.add(TimelinePicture.of(texts, study, run.trace()));
                            sections.add(PowerPicture.of(texts, study, run));
                        });
        study.refusal().ifPresent(refusal -> sections.addAll(refused(texts, refusal, answer)));
        sections.add(CostPicture.of(texts, plan.money()));
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
        sections.add(RegionPicture.of(texts, catalog, load));
        sections.add(ClaimsPicture.of(texts, claims, new AnswerView(texts, answer).claim()));
        sections.add(Provenance.of(texts, catalog, plan));
        sections.add(Assumptions.of(texts, plan));
        return sections;
    }

    private Section summary(Texts texts) {
        Plan plan = study.plan();
        var days = plan.failures().trainingDays().value();
        String title =
                texts.text("run.title", new ClaimWords(texts).phrase(plan.input().model().title()));
        String gpus = texts.whole(plan.compute().jobGpus());
        String stops = texts.significant(24 * plan.failures().stopsPerHour().likelyPerHour(), 2);
        if (days.likely() > Texts.DAYS_MAX) {
            return words("run", title, texts.text("run.never", gpus, stops));
        }
        return words(
                "run",
                title,
                texts.text(
                        "run.lead",
                        gpus,
                        texts.significant(plan.input().training().tokens() / 1e12, 4),
                        texts.days(days.low()),
                        texts.days(days.likely()),
                        texts.days(days.high()),
                        stops));
    }

    /** The places of the pictures stay, so that they can come back. */
    private static List<Section> refused(Texts texts, Study.Refusal refusal, PowerAnswer answer) {
        String why =
                refusal == Study.Refusal.CAP_TOO_LOW
                        ? texts.text("run.none.cap", texts.megawatts(answer.idle().watts()))
                        : texts.text("run.none.speed");
        return List.of(
                words("timeline", texts.text("timeline.title"), why),
                words("power-curve", texts.text("power.title"), why));
    }

    private static Section words(String id, String title, String lead) {
        return new Section(id, title, lead, List.of(), List.of(), List.of());
    }
}
