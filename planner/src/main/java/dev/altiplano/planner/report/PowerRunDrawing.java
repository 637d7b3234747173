package dev.altiplano.planner.report;

import dev.altiplano.planner.simulation.PowerPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The power of a simulated run over time: all of it, and some hours from nearby. */
final class PowerRunDrawing {
    private static final int PIECES = 160;
    private static final int MARKS = 40;
    private static final double HOUR = 3_600;
    private static final double DAY = 24 * HOUR;
    private static final double AROUND = 2 * HOUR;

    private final Texts texts;
    private final RunPower power;
    private final double most;

    PowerRunDrawing(Texts texts, RunPower power, double mostWatts) {
        this.texts = texts;
        this.power = power;
        this.most = mostWatts;
    }

    /** The whole run, from its start to its end or its cut. */
    String whole(String about) {
        List<RunPower.Piece> pieces = power.pieces(0, power.seconds(), PIECES);
        PowerChart chart =
                new PowerChart(
                        texts,
                        texts.text("power.whole"),
                        about,
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
        for (RunPower.Piece piece : marks()) {
            chart.mark(piece.from() / DAY, piece.until() / DAY, pieceText(piece));
        }
        return chart.end();
    }

    /** Pieces of the run that are told one by one. */
    List<RunPower.Piece> marks() {
        return power.pieces(0, power.seconds(), MARKS);
    }

    private String pieceText(RunPower.Piece piece) {
        return texts.text(
                "power.piece",
                days(piece),
                megawatts(piece.mean()),
                megawatts(piece.lowest()),
                megawatts(piece.highest()));
    }

    String days(RunPower.Piece piece) {
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
    String closeUp() {
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

    private String megawatts(double watts) {
        return texts.megawatts(watts);
    }
}
