package dev.altiplano.planner.report;

import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.simulation.PowerPlan;
import dev.altiplano.planner.simulation.RunPhase;
import dev.altiplano.planner.simulation.RunResult;
import dev.altiplano.planner.site.StepPattern;
import dev.altiplano.planner.step.StepTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a simulated run draws at the meter: all of it, around a curtailment, and within a step. */
final class PowerPicture {
    private static final int PIECES = 160;
    private static final int MARKS = 40;
    private static final double HOUR = 3_600;
    private static final double DAY = 24 * HOUR;
    private static final double AROUND = 2 * HOUR;
    private static final double STEPS_SHOWN = 2.5;

    private final Texts texts;
    private final Study study;
    private final Study.Run run;
    private final RunPower power;
    private final double most;

    private PowerPicture(Texts texts, Study study, Study.Run run) {
        this.texts = texts;
        this.study = study;
        this.run = run;
        power = new RunPower(run);
        most =
                Math.max(
                        result().power().peakWatts(),
                        power.standing().map(PowerPlan.Cap::watts).orElse(0.0));
    }

    static Section of(Texts texts, Study study, Study.Run run) {
        return new PowerPicture(texts, study, run).section();
    }

    private RunResult result() {
        return run.trace().result();
    }

    private Section section() {
        List<String> drawings = new ArrayList<>(List.of(whole(), closeUp()));
        Optional<StepPattern> pattern = pattern();
        pattern.ifPresent(steps -> drawings.add(step(steps)));
        return new Section(
                "power-curve",
                texts.text("power.title"),
                lead(),
                drawings,
                legend(),
                List.of(figures(pattern), pieces()));
    }

    private String lead() {
        RunResult.Power drawn = result().power();
        String limit =
                power.standing()
                        .map(cap -> texts.text("power.limit", megawatts(cap.watts())))
                        .orElse(texts.text("power.no.limit"));
        return texts.text(
                "power.lead",
                megawatts(drawn.joules() / power.seconds()),
                megawatts(drawn.peakWatts()),
                megawatts(drawn.largestStepWatts()),
                limit,
                texts.whole(power.windows().size()));
    }

    private List<Section.LegendEntry> legend() {
        return List.of(
                new Section.LegendEntry("c0", texts.text("power.mean")),
                new Section.LegendEntry("c4", texts.text("power.range")),
                new Section.LegendEntry("alert", texts.text("power.cap")),
                new Section.LegendEntry("c1", texts.text("power.window")));
    }

    private String whole() {
        List<RunPower.Piece> pieces = power.pieces(0, power.seconds(), PIECES);
        PowerChart chart =
                new PowerChart(
                        texts,
                        texts.text("power.whole"),
                        lead(),
                        PowerChart.time(0, power.seconds() / DAY),
                        most);
        chart.axes(texts.text("timeline.axis"));
        windows(chart, DAY, 0);
        List<Svg.Point> outline = new ArrayList<>();
        List<Svg.Point> back = new ArrayList<>();
        List<Svg.Point> mean = new ArrayList<>();
        for (RunPower.Piece piece : pieces) {
            double middle = (piece.from() + piece.until()) / 2 / DAY;
            outline.add(new Svg.Point(middle, piece.highest()));
            back.addFirst(new Svg.Point(middle, piece.lowest()));
            mean.add(new Svg.Point(middle, piece.mean()));
        }
        outline.addAll(back);
        chart.band(outline).line(mean, "curve");
        limit(chart, 0, power.seconds(), DAY);
        for (RunPower.Piece piece : power.pieces(0, power.seconds(), MARKS)) {
            chart.mark(piece.from() / DAY, piece.until() / DAY, pieceText(piece));
        }
        return chart.end();
    }

    private String pieceText(RunPower.Piece piece) {
        return texts.text(
                "power.piece",
                days(piece),
                megawatts(piece.mean()),
                megawatts(piece.lowest()),
                megawatts(piece.highest()));
    }

    private String days(RunPower.Piece piece) {
        return texts.number(piece.from() / DAY, 2) + "–" + texts.number(piece.until() / DAY, 2);
    }

    private void windows(PowerChart chart, double unit, double start) {
        for (PowerPlan.Cap window : power.windows()) {
            double from = window.fromMicros() / 1e6;
            double until = window.untilMicros() / 1e6;
            chart.window(
                    (from - start) / unit,
                    (until - start) / unit,
                    texts.text(
                            "power.window.title",
                            texts.number(from / DAY, 2),
                            texts.significant((until - from) / HOUR, 3),
                            megawatts(window.watts())));
        }
    }

    private void limit(PowerChart chart, double from, double until, double unit) {
        List<Svg.Point> limit = power.limit(from, until);
        if (!limit.isEmpty()) {
            chart.line(
                    limit.stream().map(p -> new Svg.Point((p.x() - from) / unit, p.y())).toList(),
                    "limit");
            chart.label(
                    limit.getLast().y(),
                    texts.text("limit", texts.significant(limit.getLast().y() / 1e6, 6)));
        }
    }

    /** Hours around the first curtailment, or the first hours of the run. */
    private String closeUp() {
        Optional<PowerPlan.Cap> window = power.windows().stream().findFirst();
        double from = window.map(w -> Math.max(0, w.fromMicros() / 1e6 - AROUND)).orElse(0.0);
        double until =
                Math.min(
                        power.seconds(),
                        window.map(w -> w.untilMicros() / 1e6 + AROUND).orElse(3 * AROUND));
        String title =
                texts.text(
                        window.isPresent() ? "power.around" : "power.first",
                        texts.number(from / DAY, 2));
        PowerChart chart =
                new PowerChart(
                        texts,
                        title,
                        texts.text("power.around.description"),
                        PowerChart.time(0, (until - from) / HOUR),
                        most);
        chart.axes(texts.text("power.hours"));
        windows(chart, HOUR, from);
        chart.line(
                power.corners(from, until).stream()
                        .map(p -> new Svg.Point((p.x() - from) / HOUR, p.y()))
                        .toList(),
                "curve");
        limit(chart, from, until, HOUR);
        return chart.end();
    }

    /** All accelerators work together, and together wait for the exchange of gradients. */
    private Optional<StepPattern> pattern() {
        FacilityPower training = level(RunPhase.TRAINING);
        FacilityPower waiting = level(RunPhase.CHECKPOINTING);
        return study.plan()
                .layout()
                .chosen()
                .map(
                        chosen -> {
                            StepTime step = chosen.step();
                            double together = step.dpSeconds() + step.stragglerSeconds();
                            return new StepPattern(
                                    List.of(
                                            new StepPattern.Phase(
                                                    "work", step.seconds() - together, training),
                                            new StepPattern.Phase("wait", together, waiting)));
                        });
    }

    /** The whole site in one phase, all of the job's nodes in their places. */
    private FacilityPower level(RunPhase phase) {
        PowerPlan plan = run.input().power();
        double each = phase == RunPhase.TRAINING ? plan.busyWatts() : plan.waitingWatts();
        double drawn =
                plan.fixedWatts()
                        + run.input().fleet().jobNodes() * each
                        + run.input().fleet().spareNodes() * plan.idleWatts();
        double cap = power.standing().map(PowerPlan.Cap::watts).orElse(Double.POSITIVE_INFINITY);
        return new FacilityPower(Math.min(drawn, cap));
    }

    private String step(StepPattern pattern) {
        StepPattern.Oscillation wave = pattern.fundamental();
        PowerChart chart =
                new PowerChart(
                        texts,
                        texts.text(
                                "power.step",
                                texts.number(pattern.stepSeconds(), 2),
                                megawatts(pattern.swingWatts())),
                        texts.text(
                                "power.step.description",
                                texts.number(wave.hertz(), 2),
                                megawatts(wave.amplitudeWatts())),
                        PowerChart.time(0, STEPS_SHOWN * pattern.stepSeconds()),
                        most);
        chart.axes(texts.text("power.seconds"));
        List<Svg.Point> points = new ArrayList<>();
        double at = 0;
        while (at < STEPS_SHOWN * pattern.stepSeconds()) {
            for (StepPattern.Phase phase : pattern.phases()) {
                double until = Math.min(STEPS_SHOWN * pattern.stepSeconds(), at + phase.seconds());
                points.add(new Svg.Point(at, phase.power().watts()));
                points.add(new Svg.Point(until, phase.power().watts()));
                at = until;
            }
        }
        return chart.line(points, "curve").end();
    }

    private DataTable figures(Optional<StepPattern> pattern) {
        RunResult.Power drawn = result().power();
        DataTable table =
                new DataTable(
                        texts.text("power.figures"),
                        texts.text("power.figure"),
                        texts.text("power.value"));
        row(table, "power.figure.energy", texts.number(drawn.joules() / 3.6e12, 1), "GWh");
        row(table, "power.figure.mean", megawatts(drawn.joules() / power.seconds()), "MW");
        row(table, "power.figure.peak", megawatts(drawn.peakWatts()), "MW");
        row(table, "power.figure.demand", megawatts(drawn.demandWatts()), "MW");
        row(table, "power.figure.change", megawatts(drawn.largestStepWatts()), "MW");
        pattern.ifPresent(
                steps -> {
                    StepPattern.Oscillation wave = steps.fundamental();
                    row(table, "power.figure.swing", megawatts(steps.swingWatts()), "MW");
                    row(table, "power.figure.wave", megawatts(wave.amplitudeWatts()), "MW");
                    row(table, "power.figure.rate", texts.number(wave.hertz(), 3), "Hz");
                });
        return table;
    }

    private void row(DataTable table, String key, String value, String unit) {
        table.row(texts.text(key), value + "\u00a0" + unit);
    }

    private DataTable pieces() {
        DataTable table =
                new DataTable(
                        texts.text("power.pieces"),
                        texts.text("timeline.days"),
                        texts.text("power.mean"),
                        texts.text("power.lowest"),
                        texts.text("power.highest"));
        for (RunPower.Piece piece : power.pieces(0, power.seconds(), MARKS)) {
            table.row(
                    days(piece),
                    megawatts(piece.mean()),
                    megawatts(piece.lowest()),
                    megawatts(piece.highest()));
        }
        return table;
    }

    private String megawatts(double watts) {
        return texts.megawatts(watts);
    }
}
