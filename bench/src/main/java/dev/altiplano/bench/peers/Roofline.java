package dev.altiplano.bench.peers;

import dev.altiplano.bench.peers.Ceilings.Roof;
import dev.altiplano.bench.peers.Svg.Anchor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A roofline as SVG, readable on light and on dark pages. Across: operations for each byte of
 * weights; up: 10⁹ operations a second; both as powers. Nothing can lie above the roofs. Source:
 * Williams, Waterman and Patterson, "Roofline: an insightful visual performance model" (2009).
 */
final class Roofline {
    private static final int WIDTH = 880;
    private static final int HEIGHT = 540;
    private static final int LEFT = 70;
    private static final int RIGHT = 850;
    private static final int TOP = 60;
    private static final int BOTTOM = 480;
    private static final double X_MIN = 0.5;
    private static final double X_MAX = 4096;
    private static final double Y_MIN = 4;
    private static final int LABEL_STEP = 15;
    private static final int LABEL_DISTANCE = 60;
    private static final int COLOURS = 4;

    private static final String STYLE =
            """
            <style>
            svg { --page:#ffffff; --ink:#1f2328; --quiet:#656d76; --grid:#d8dee4;
              --e0:#0969da; --e1:#bc4c00; --e2:#1a7f37; --e3:#8250df; font:12px system-ui,sans-serif }
            @media (prefers-color-scheme: dark) { svg { --page:#0d1117; --ink:#e6edf3; --quiet:#9198a1;
              --grid:#30363d; --e0:#58a6ff; --e1:#f0883e; --e2:#3fb950; --e3:#bc8cff } }
            .page { fill:var(--page) } .title { font-weight:600 } text { fill:var(--ink) } .quiet { fill:var(--quiet) }
            .grid { stroke:var(--grid) } .roof { stroke:var(--ink); stroke-width:2; fill:none }
            .f32 { stroke-dasharray:6 4 } .lead { stroke:var(--quiet); stroke-width:0.7; fill:none }
            .e0 { fill:var(--e0) } .e1 { fill:var(--e1) } .e2 { fill:var(--e2) } .e3 { fill:var(--e3) }
            </style>
            """;

    /** The engines of one model and length, above each other at {@code x}. */
    private record Column(String label, double x, boolean isDecode, List<Point> points) {
        double top() {
            return points.stream().mapToDouble(Point::y).max().orElseThrow();
        }
    }

    private record Point(int engine, double y) {}

    private final Roof roof;
    private final double yMax;
    private final List<String> engines = new ArrayList<>(List.of(Contender.Ours.NAME));
    private final Svg svg;

    private Roofline(Roof roof, String title) {
        this.roof = roof;
        this.yMax = 2 * Math.max(roof.byteOperations().max(), roof.floatOperations().max());
        this.svg = new Svg(WIDTH, HEIGHT, title, STYLE);
    }

    /** Draws what was measured with {@code threads} and an empty cache. */
    static String svg(String title, Ceilings ceilings, List<Comparison> comparisons, int threads) {
        Roofline picture = new Roofline(ceilings.widest(), title);
        List<Column> columns = picture.columns(comparisons, threads);
        picture.axes();
        picture.roofs();
        picture.labels(columns.stream().filter(Column::isDecode).toList(), LABEL_DISTANCE);
        picture.labels(columns.stream().filter(c -> !c.isDecode()).toList(), -LABEL_DISTANCE);
        columns.forEach(picture::column);
        picture.legend(title);
        return picture.svg.toString();
    }

    private List<Column> columns(List<Comparison> comparisons, int threads) {
        List<Column> columns = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            Workload workload = comparison.setting().workload();
            if (comparison.setting().subject() instanceof Subject.File file
                    && comparison.setting().threads() == threads
                    && workload.depthTokens() == 0) {
                List<Point> points = new ArrayList<>();
                double operations = file.work().operations(workload) / 1e9;
                comparison
                        .tokensPerSecond()
                        .forEach(
                                (name, rate) ->
                                        points.add(
                                                new Point(
                                                        engine(name), rate.median() * operations)));
                double x = file.work().operationsPerByte(workload);
                columns.add(
                        new Column(file.name() + " " + workload, x, workload.isDecode(), points));
            }
        }
        return columns;
    }

    /** The colour of an engine; ours is always the first. */
    private int engine(String name) {
        if (!engines.contains(name)) {
            engines.add(name);
        }
        return engines.indexOf(name);
    }

    private void axes() {
        for (double x = X_MIN; x <= X_MAX; x *= 2) {
            svg.path("grid", px(x), py(Y_MIN), px(x), py(yMax));
            svg.text("quiet", Anchor.MIDDLE, px(x), BOTTOM + 18, x < 1 ? "½" : whole(x));
        }
        for (double y = Y_MIN; y <= yMax; y *= 2) {
            svg.path("grid", px(X_MIN), py(y), px(X_MAX), py(y));
            svg.text("quiet", Anchor.END, LEFT - 8, py(y) + 4, whole(y));
        }
        double middle = (LEFT + RIGHT) / 2.0;
        svg.text("", Anchor.MIDDLE, middle, BOTTOM + 42, "operations for each byte of weights");
        middle = (TOP + BOTTOM) / 2.0;
        svg.text("", Anchor.MIDDLE, 18, middle, -90, "10⁹ operations a second");
    }

    private void roofs() {
        double bandwidth = roof.readGigabytes().max();
        ceiling("roof", "int8", roof.byteOperations().max(), bandwidth);
        ceiling("roof f32", "f32", roof.floatOperations().max(), bandwidth);
        double rise = py(bandwidth) - py(2 * bandwidth);
        double degrees = -Math.toDegrees(Math.atan2(rise, px(2) - px(1)));
        double x = Math.max(X_MIN * 1.4, 1.4 * Y_MIN / bandwidth); // where nothing else is
        String words = String.format(Locale.ROOT, "memory %.1f GB/s", bandwidth);
        svg.text("", Anchor.START, px(x), py(x * bandwidth) - 8, degrees, words);
    }

    private void ceiling(String style, String name, double operations, double bandwidth) {
        double knee = operations / bandwidth;
        svg.path(
                style,
                px(X_MIN),
                py(X_MIN * bandwidth),
                px(knee),
                py(operations),
                px(X_MAX),
                py(operations));
        svg.text("", Anchor.END, RIGHT - 4, py(operations) - 6, name + " " + whole(operations));
    }

    /** One label for each column, beside all of them, none over another. */
    private void labels(List<Column> columns, int distance) {
        boolean isRight = distance > 0;
        double edge =
                columns.stream()
                        .mapToDouble(column -> px(column.x()))
                        .reduce(isRight ? Math::max : Math::min)
                        .orElse(0);
        double x = edge + distance;
        // Labels of decode stand below all points, so that they do not meet those of prefill.
        double free = isRight ? BOTTOM - LABEL_STEP * (columns.size() + 1.0) : 0;
        for (Column column : fromTheTop(columns)) {
            double y = Math.max(py(column.top()), free);
            svg.path("lead", px(column.x()), py(column.top()), isRight ? x - 4 : x + 4, y);
            svg.text("", isRight ? Anchor.START : Anchor.END, x, y + 4, column.label());
            free = y + LABEL_STEP;
        }
    }

    private static List<Column> fromTheTop(List<Column> columns) {
        return columns.stream().sorted(Comparator.comparingDouble(Column::top).reversed()).toList();
    }

    private void column(Column column) {
        double bottom = column.points().stream().mapToDouble(Point::y).min().orElseThrow();
        svg.path("lead", px(column.x()), py(bottom), px(column.x()), py(column.top()));
        for (Point point : column.points()) {
            svg.dot(colour(point.engine()), px(column.x()), py(point.y()));
        }
    }

    private void legend(String title) {
        svg.text("title", Anchor.START, LEFT, 24, title);
        int x = LEFT;
        for (int i = 0; i < engines.size(); i++) {
            svg.dot(colour(i), x + 5, 42);
            svg.text("", Anchor.START, x + 15, 46, engines.get(i));
            x += 35 + 8 * engines.get(i).length();
        }
    }

    private static String colour(int engine) {
        return "e" + engine % COLOURS;
    }

    private static double px(double x) {
        return LEFT + (RIGHT - LEFT) * Math.log(x / X_MIN) / Math.log(X_MAX / X_MIN);
    }

    private double py(double y) {
        return BOTTOM - (BOTTOM - TOP) * Math.log(y / Y_MIN) / Math.log(yMax / Y_MIN);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }
}
