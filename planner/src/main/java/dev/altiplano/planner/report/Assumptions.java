package dev.altiplano.planner.report;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.schema.DefaultUsed;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the plan did not say and the planner took, and what it does not know. */
final class Assumptions {
    private static final int LIMITS = 8;
    private static final Pattern BAND =
            Pattern.compile("\\{low: ([^,]+), likely: ([^,]+), high: ([^,}]+)\\}");
    private static final Pattern FIGURE = Pattern.compile("[\\d.]+( [^ ]+)?");
    private static final double SECONDS_PER_DAY = 86_400;

    private Assumptions() {}

    static Section of(Texts texts, Plan plan) {
        return new Section(
                        "assumptions",
                        texts.text("assumptions.title"),
                        texts.text("assumptions.lead", texts.whole(plan.input().defaults().size())),
                        List.of(),
                        List.of(),
                        List.of(defaults(texts, plan.input().defaults())))
                .withPoints(points(texts, plan));
    }

    private static DataTable defaults(Texts texts, List<DefaultUsed> defaults) {
        DataTable table =
                new DataTable(
                                texts.text("assumptions.defaults"),
                                texts.text("assumptions.key"),
                                texts.text("provenance.value"),
                                texts.text("provenance.meaning"))
                        .words(1, 2);
        FigureWriter figures = new FigureWriter(texts);
        defaults.forEach(
                taken ->
                        table.row(
                                taken.key(),
                                value(texts, figures, taken.value()),
                                texts.textOr("key." + taken.key(), taken.about())));
        return table;
    }

    /** Words and dates stand as in a plan file. */
    private static String value(Texts texts, FigureWriter figures, String written) {
        Matcher band = BAND.matcher(written);
        if (band.matches()) {
            return texts.text(
                    "assumptions.band",
                    figure(figures, band.group(2)),
                    figure(figures, band.group(1)),
                    figure(figures, band.group(3)));
        }
        return FIGURE.matcher(written).matches() ? figure(figures, written) : written;
    }

    private static String figure(FigureWriter figures, String written) {
        String[] parts = written.split(" ", 2);
        String number = figures.write(parts[0]);
        return parts.length == 1 ? number : number + "\u00a0" + figures.unit(parts[1]);
    }

    private static List<String> points(Texts texts, Plan plan) {
        List<String> points = new ArrayList<>();
        for (Problem warning : plan.warnings()) {
            points.add(warning(texts, warning, plan));
        }
        for (int limit = 1; limit <= LIMITS; limit++) {
            points.add(texts.text("limits." + limit));
        }
        return points;
    }

    /** A plan has one warning so far: tokens that make the run absurdly short or long. */
    private static String warning(Texts texts, Problem warning, Plan plan) {
        if (warning.code() != ErrorCode.E402) {
            throw new IllegalArgumentException("no words for " + warning);
        }
        double days = plan.failures().trainingDays().value().likely();
        boolean tooShort = days < 1;
        return texts.text(
                tooShort ? "warning.short" : "warning.long",
                warning.code(),
                texts.significant(plan.input().training().tokens(), 4),
                tooShort ? texts.significant(days * SECONDS_PER_DAY, 2) : texts.days(days));
    }
}
