package dev.altiplano.planner.report;

import java.util.List;

/** The frame of a power curve: megawatts upward from zero, time to the right. */
final class PowerChart {
    static final double WIDTH = 640;
    static final double HEIGHT = 220;
    private static final double LEFT = 56;
    private static final double RIGHT = 14;
    private static final double TOP = 28;
    private static final double BOTTOM = HEIGHT - 42;

    private final Texts texts;
    private final Svg svg;
    private final Scale time;
    private final Scale watts;

    /** From {@code from} to {@code until} in the unit that {@code axis} names. */
    PowerChart(Texts texts, String title, String about, Scale time, double mostWatts) {
        this.texts = texts;
        this.time = time;
        svg = new Svg(WIDTH, HEIGHT, title, about);
        watts = new Scale(0, mostWatts * 1.12, BOTTOM, TOP);
        svg.text(LEFT, TOP - 12, Svg.Anchor.START, "strong", title);
    }

    static Scale time(double from, double until) {
        return new Scale(from, until, LEFT, WIDTH - RIGHT);
    }

    PowerChart axes(String axis) {
        Scale megawatts = new Scale(0, watts.until() / 1e6, BOTTOM, TOP);
        for (double tick : megawatts.ticks(4)) {
            svg.line(LEFT, megawatts.at(tick), WIDTH - RIGHT, megawatts.at(tick), "grid")
                    .text(
                            LEFT - 6,
                            megawatts.at(tick) + 4,
                            Svg.Anchor.END,
                            "",
                            texts.significant(tick, 4));
        }
        for (double tick : time.ticks(8)) {
            svg.line(time.at(tick), BOTTOM, time.at(tick), BOTTOM + 4, "axis")
                    .text(
                            time.at(tick),
                            BOTTOM + 18,
                            Svg.Anchor.MIDDLE,
                            "",
                            texts.significant(tick, 4));
        }
        svg.line(LEFT, BOTTOM, WIDTH - RIGHT, BOTTOM, "axis")
                .text(WIDTH - RIGHT, HEIGHT - 6, Svg.Anchor.END, "", axis);
        return this;
    }

    /** A time in which less power is allowed. */
    PowerChart window(double from, double until, String title) {
        if (until <= time.from() || from >= time.until()) {
            return this;
        }
        double left = time.at(Math.max(from, time.from()));
        double right = time.at(Math.min(until, time.until()));
        svg.rectangle(left, TOP, Math.max(1, right - left), BOTTOM - TOP, "window", title);
        return this;
    }

    /** A line through points of time and watts. */
    PowerChart line(List<Svg.Point> points, String classes) {
        svg.polyline(placed(points), classes);
        return this;
    }

    PowerChart band(List<Svg.Point> outline) {
        svg.polygon(placed(outline), "band");
        return this;
    }

    /** What a pointer or the arrow keys find. */
    PowerChart mark(double from, double until, String title) {
        svg.rectangle(
                time.at(from), TOP, time.at(until) - time.at(from), BOTTOM - TOP, "hit", title);
        return this;
    }

    /** Words at the right end of a level. */
    PowerChart label(double level, String text) {
        svg.text(WIDTH - RIGHT - 4, watts.at(level) - 5, Svg.Anchor.END, "strong halo", text);
        return this;
    }

    String end() {
        return svg.end();
    }

    private List<Svg.Point> placed(List<Svg.Point> points) {
        return points.stream()
                .map(point -> new Svg.Point(time.at(point.x()), watts.at(point.y())))
                .toList();
    }
}
