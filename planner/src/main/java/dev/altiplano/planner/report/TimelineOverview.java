package dev.altiplano.planner.report;

import dev.altiplano.planner.simulation.RunPhase;
import java.util.ArrayList;
import java.util.List;

/** The whole run: how each piece of it was spent, and the spares beneath. */
final class TimelineOverview {
    private static final double WIDTH = 640;
    private static final double LEFT = 64;
    private static final double RIGHT = 14;
    private static final double TOP = 24;
    private static final double STACK = 96;
    private static final double SPARES_TOP = TOP + STACK + 30;
    private static final double SPARES = 48;
    private static final double BOTTOM = SPARES_TOP + SPARES;
    private static final double MICROS_PER_DAY = 86_400e6;

    private final Texts texts;
    private final List<RunBins.Bin> bins;
    private final int spareNodes;
    private final Scale days;

    private TimelineOverview(Texts texts, List<RunBins.Bin> bins, int spareNodes) {
        this.texts = texts;
        this.bins = bins;
        this.spareNodes = spareNodes;
        days = new Scale(0, bins.getLast().untilMicros() / MICROS_PER_DAY, LEFT, WIDTH - RIGHT);
    }

    static String draw(Texts texts, List<RunBins.Bin> bins, int spareNodes) {
        return new TimelineOverview(texts, bins, spareNodes).draw();
    }

    static String days(Texts texts, RunBins.Bin bin) {
        return texts.number(bin.fromMicros() / MICROS_PER_DAY, 2)
                + "–"
                + texts.number(bin.untilMicros() / MICROS_PER_DAY, 2);
    }

    private String draw() {
        Svg svg =
                new Svg(
                        WIDTH,
                        BOTTOM + 38,
                        texts.text("timeline.overview"),
                        texts.text("timeline.overview.description"));
        svg.text(LEFT, TOP - 9, Svg.Anchor.START, "strong", texts.text("timeline.share"));
        for (int percent = 0; percent <= 100; percent += 50) {
            double y = TOP + STACK * (1 - percent / 100.0);
            svg.line(LEFT, y, WIDTH - RIGHT, y, "grid")
                    .text(LEFT - 6, y + 4, Svg.Anchor.END, "", texts.whole(percent) + "\u00a0%");
        }
        bins.forEach(bin -> drawStack(svg, bin));
        drawSpares(svg);
        drawAxis(svg);
        bins.forEach(bin -> drawMark(svg, bin));
        return svg.end();
    }

    private void drawStack(Svg svg, RunBins.Bin bin) {
        double y = TOP + STACK;
        for (RunPhase phase : PhaseColour.PHASES) {
            double height = STACK * bin.share(phase);
            if (height > 0) {
                y -= height;
                svg.rectangle(x(bin.fromMicros()), y, width(bin), height, colour(phase), "");
            }
        }
    }

    private static String colour(RunPhase phase) {
        return PhaseColour.of(phase) + " flat";
    }

    private void drawSpares(Svg svg) {
        Scale spares = new Scale(0, Math.max(1, spareNodes), BOTTOM, SPARES_TOP);
        svg.text(LEFT, SPARES_TOP - 9, Svg.Anchor.START, "strong", texts.text("timeline.spares"))
                .line(LEFT, BOTTOM, WIDTH - RIGHT, BOTTOM, "axis")
                .line(LEFT, SPARES_TOP, WIDTH - RIGHT, SPARES_TOP, "grid")
                .text(LEFT - 6, SPARES_TOP + 5, Svg.Anchor.END, "", texts.whole(spareNodes))
                .text(LEFT - 6, BOTTOM + 4, Svg.Anchor.END, "", texts.whole(0));
        List<Svg.Point> points = new ArrayList<>();
        for (RunBins.Bin bin : bins) {
            double y = spares.at(Math.min(spareNodes, bin.fewestSpares()));
            points.add(new Svg.Point(x(bin.fromMicros()), y));
            points.add(new Svg.Point(x(bin.untilMicros()), y));
        }
        svg.polyline(points, "curve");
    }

    private void drawAxis(Svg svg) {
        for (double day : days.ticks(8)) {
            svg.line(days.at(day), BOTTOM, days.at(day), BOTTOM + 4, "axis")
                    .text(
                            days.at(day),
                            BOTTOM + 18,
                            Svg.Anchor.MIDDLE,
                            "",
                            texts.significant(day, 4));
        }
        svg.text(WIDTH - RIGHT, BOTTOM + 34, Svg.Anchor.END, "", texts.text("timeline.axis"));
    }

    /** What a pointer or the arrow keys find; the shapes themselves are too many to be read. */
    private void drawMark(Svg svg, RunBins.Bin bin) {
        svg.rectangle(
                x(bin.fromMicros()),
                TOP,
                width(bin),
                BOTTOM - TOP,
                "hit",
                texts.text(
                        "timeline.piece",
                        days(texts, bin),
                        texts.percent(bin.share(RunPhase.TRAINING)),
                        texts.whole(bin.stops()),
                        texts.whole(bin.fewestSpares())));
    }

    private double width(RunBins.Bin bin) {
        return x(bin.untilMicros()) - x(bin.fromMicros());
    }

    private double x(long micros) {
        return days.at(micros / MICROS_PER_DAY);
    }
}
