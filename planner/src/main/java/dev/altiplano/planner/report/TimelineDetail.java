package dev.altiplano.planner.report;

import static dev.altiplano.planner.report.Html.coordinate;
import static dev.altiplano.planner.report.Html.escape;

import dev.altiplano.planner.simulation.RunPhase;
import dev.altiplano.planner.simulation.Trace;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Every stop of the run in the row of its cause, in minutes from the start. Shows the first two
 * days; the script moves and zooms the window, whose view box is in minutes.
 */
final class TimelineDetail {
    private static final double WIDTH = 640;
    private static final double LEFT = 150;
    private static final double RIGHT = 14;
    private static final double TOP = 24;
    private static final double ROW = 18;
    private static final double BAR = 12;
    private static final double FIRST_MINUTES = 2 * 24 * 60;
    private static final double HOURS_BETWEEN_TICKS = 12;
    private static final double MICROS_PER_MINUTE = 60e6;

    private final Texts texts;
    private final Trace trace;
    private final double minutes;

    /**
     * Path data by row and phase: a run has thousands of stops, and an element for each is much.
     */
    private final Map<CauseGroup, Map<RunPhase, StringBuilder>> paths =
            new EnumMap<>(CauseGroup.class);

    private final StringJoiner starts = new StringJoiner(" ");

    private TimelineDetail(Texts texts, Trace trace) {
        this.texts = texts;
        this.trace = trace;
        minutes = trace.result().wallMicros() / MICROS_PER_MINUTE;
    }

    static String draw(Texts texts, Trace trace) {
        TimelineDetail detail = new TimelineDetail(texts, trace);
        detail.collect();
        return detail.draw() + detail.wordsForTheScript();
    }

    private void collect() {
        List<Trace.Span> spans = trace.timeline();
        for (int i = 0; i < spans.size(); i++) {
            Trace.Span span = spans.get(i);
            if (RunBins.isStopped(span.phase())) {
                paths.computeIfAbsent(
                                CauseGroup.of(span.cause()), group -> new EnumMap<>(RunPhase.class))
                        .computeIfAbsent(span.phase(), phase -> new StringBuilder())
                        .append(
                                "M%s 0h%sv1h-%sz"
                                        .formatted(from(span), length(span), length(span)));
                if (RunBins.beginsStop(spans, i)) {
                    starts.add(from(span));
                }
            }
        }
    }

    private static String from(Trace.Span span) {
        return Html.decimal(span.fromMicros() / MICROS_PER_MINUTE);
    }

    private static String length(Trace.Span span) {
        return Html.decimal((span.untilMicros() - span.fromMicros()) / MICROS_PER_MINUTE);
    }

    private String draw() {
        double shown = Math.min(minutes, FIRST_MINUTES);
        double bottom = TOP + ROW * paths.size();
        Svg svg =
                new Svg(
                        WIDTH,
                        bottom + 30,
                        texts.text("timeline.detail"),
                        texts.text("timeline.detail.description"));
        svg.text(LEFT, TOP - 9, Svg.Anchor.START, "strong", texts.text("timeline.detail"));
        double y = TOP;
        for (var row : paths.entrySet()) {
            svg.text(LEFT - 8, y + 13, Svg.Anchor.END, "", texts.text(key(row.getKey())))
                    .line(LEFT, y + ROW, WIDTH - RIGHT, y + ROW, "grid")
                    .window(
                            new Svg.Box(LEFT, y + (ROW - BAR) / 2, WIDTH - LEFT - RIGHT, BAR),
                            new Svg.Box(0, 0, shown, 1),
                            "zoom");
            row.getValue()
                    .forEach((phase, path) -> svg.path(path.toString(), PhaseColour.of(phase)));
            svg.endWindow();
            y += ROW;
        }
        Scale scale = new Scale(0, shown / 60, LEFT, WIDTH - RIGHT);
        for (double hour = 0; hour <= shown / 60; hour += HOURS_BETWEEN_TICKS) {
            svg.text(scale.at(hour), bottom + 18, Svg.Anchor.MIDDLE, "tick", elapsed(hour));
        }
        return svg.end();
    }

    private static String key(CauseGroup group) {
        return "group." + group.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** As the script writes it. */
    private static String elapsed(double hours) {
        long days = (long) (hours / 24);
        long rest = (long) (hours % 24);
        if (rest == 0) {
            return days + " d";
        }
        return days == 0 ? rest + " h" : days + " d " + rest + " h";
    }

    private String wordsForTheScript() {
        StringBuilder out = new StringBuilder("<span class=\"zoom-words\" hidden");
        attribute(out, "minutes", coordinate(minutes));
        attribute(out, "stops", starts.toString());
        for (String word : List.of("in", "out", "earlier", "later", "all", "shown")) {
            attribute(out, word, texts.text("zoom." + word));
        }
        return out.append("></span>").toString();
    }

    private static void attribute(StringBuilder out, String name, String value) {
        out.append(" data-").append(name).append("=\"").append(escape(value)).append('"');
    }
}
