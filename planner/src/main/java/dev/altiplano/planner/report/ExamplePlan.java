package dev.altiplano.planner.report;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.Planner;
import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.input.PlanReader;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.reliability.Spares;
import dev.altiplano.planner.simulation.RecoveryPlan.RepairPlan;
import dev.altiplano.planner.site.PowerReading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The run that the page shows when nobody gives another, on as many accelerators as are asked. */
public final class ExamplePlan {
    private static final String FILE = "example-plan.yaml";
    private static final String PROFILE = "llama3-2024";

    /** One copy of the model: 8 accelerators share each matrix, 16 stages follow each other. */
    private static final int REPLICA_GPUS = 8 * 16;

    /** Sequences of one copy and step: a pipeline of 16 stages is filled once. */
    private static final long REPLICA_SEQUENCES = 16;

    private static final long SEQUENCE_TOKENS = 8_192;
    private static final int NODE_GPUS = 8;

    /** A copy of the model and its spares. */
    static final long GPUS_MIN = 200;

    /** What is left in a curtailment: a field trial took a quarter away for three hours. */
    private static final double CURTAILED = 0.75;

    /** But no less than this part of the way from idle machines to the usual power. */
    private static final double CURTAILED_WORK = 0.25;

    private ExamplePlan() {}

    /** Computes it for the press's question; its layout is pinned, so nothing is searched. */
    public static Plan of(Catalog catalog) {
        return of(catalog, PowerQuestion.OF_THE_PRESS);
    }

    /**
     * Computes it for the cluster and the site of {@code question}; each copy of the model keeps
     * its batch, so the batch grows with the cluster.
     *
     * @throws PlannerException for fewer accelerators than one copy of the model takes
     */
    static Plan of(Catalog catalog, PowerQuestion question) {
        if (question.gpus() < GPUS_MIN) {
            throw new PlannerException(
                    ErrorCode.E103,
                    "%d GPUs, fewer than one copy of the model and its spares take"
                            .formatted(question.gpus()));
        }
        List<String> overrides = overrides(catalog, question);
        try {
            return planned(catalog, overrides);
        } catch (PlannerException e) {
            if (e.problems().getFirst().code() != ErrorCode.E103) {
                throw e;
            }
            // Few copies share the optimizer's state, and each then has less room.
            List<String> lean = new ArrayList<>(overrides);
            lean.add("layout.recompute=full");
            return planned(catalog, lean);
        }
    }

    private static Plan planned(Catalog catalog, List<String> overrides) {
        String text = new String(ReportPage.resource(FILE), StandardCharsets.UTF_8);
        return new Planner(1).plan(new PlanReader(catalog).read(FILE, text, overrides));
    }

    private static List<String> overrides(Catalog catalog, PowerQuestion question) {
        double lossesPerHour =
                Objects.requireNonNull(catalog.profiles().get(PROFILE))
                        .nodeLossesPerHour((double) question.gpus());
        int spares =
                Spares.needed(
                        lossesPerHour, RepairPlan.DEFAULT.meanHours(), Spares.DEFAULT_EPSILON);
        long copies = (question.gpus() - (long) spares * NODE_GPUS) / REPLICA_GPUS;
        return List.of(
                "cluster.gpus=" + question.gpus(),
                "cluster.spares=" + spares,
                "layout.dp=" + copies,
                "training.batch_tokens=" + copies * REPLICA_SEQUENCES * SEQUENCE_TOKENS,
                "site.pue=" + question.pue(),
                "site.cap=" + limit(question.capWatts()),
                "site.curtailment=" + curtailments(catalog, question));
    }

    private static String limit(double watts) {
        return "{value: %s MW, of: facility}".formatted(megawatts(watts));
    }

    private static String megawatts(double watts) {
        return String.format(Locale.ROOT, "%.6f", watts / 1e6);
    }

    /** Three evenings, as a utility might ask for. */
    private static String curtailments(Catalog catalog, PowerQuestion question) {
        PowerAnswer answer = PowerAnswer.of(question, Chip.h100(catalog));
        double typical = answer.row(PowerReading.TYPICAL).all().facility().watts();
        double usual = Math.min(typical, question.capWatts());
        double idle = answer.idle().watts();
        String to = megawatts(Math.max(CURTAILED * usual, idle + CURTAILED_WORK * (usual - idle)));
        StringBuilder windows = new StringBuilder("[");
        for (String day : List.of("03", "08", "13")) {
            windows.append(windows.length() > 1 ? ", " : "")
                    .append("{from: \"2026-01-%sT17:00\", hours: 3, to: %s MW}".formatted(day, to));
        }
        return windows.append(']').toString();
    }
}
