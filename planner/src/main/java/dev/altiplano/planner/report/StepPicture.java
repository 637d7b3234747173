package dev.altiplano.planner.report;

import dev.altiplano.planner.layout.Candidate;
import dev.altiplano.planner.step.StepTime;
import java.util.List;

/** The waterfall of one step: what each part adds. */
final class StepPicture {
    private static final double WIDTH = 640;
    private static final double LEFT = 200;
    private static final double RIGHT = 90;
    private static final double ROW = 26;

    private StepPicture() {}

    /** A part of the step. */
    private record Part(String key, double seconds, String colour) {}

    static Section of(Texts texts, Candidate candidate) {
        StepTime step = candidate.step();
        List<Part> parts =
                List.of(
                        new Part("step.compute", step.computeSeconds(), "c0"),
                        new Part("step.tp", step.tpSeconds(), "c1"),
                        new Part("step.cp", step.cpSeconds(), "c2"),
                        new Part("step.ep", step.epSeconds(), "c3"),
                        new Part("step.bubble", step.bubbleSeconds(), "c7"),
                        new Part("step.pp", step.ppSeconds(), "c4"),
                        new Part("step.dp", step.dpSeconds(), "c5"),
                        new Part("step.optimizer", step.optimizerSeconds(), "c6"),
                        new Part("step.straggler", step.stragglerSeconds(), "c7"));
        String title = texts.text("step.title");
        String lead =
                texts.text(
                        "step.lead",
                        texts.number(step.seconds(), 2),
                        texts.percent(step.computeSeconds() / step.seconds()));
        return new Section(
                "step",
                title,
                lead,
                List.of(draw(texts, shown(parts), step.seconds(), title, lead)),
                List.of(),
                List.of(table(texts, parts, step.seconds())));
    }

    /** A dense model has no experts to wait for; the table says so. */
    private static List<Part> shown(List<Part> parts) {
        return parts.stream().filter(part -> part.seconds() >= 0.5e-3).toList();
    }

    private static String draw(
            Texts texts, List<Part> parts, double total, String title, String lead) {
        Svg svg = new Svg(WIDTH, ROW * (parts.size() + 1) + 4, title, lead);
        double scale = (WIDTH - LEFT - RIGHT) / total;
        double x = LEFT;
        double y = 2;
        for (Part part : parts) {
            double width = part.seconds() * scale;
            String value = texts.text("seconds", texts.number(part.seconds(), 3));
            String name = texts.text(part.key());
            svg.text(LEFT - 8, y + 17, Svg.Anchor.END, "", name)
                    .rectangle(
                            x,
                            y + 4,
                            Math.max(width, 0.5),
                            ROW - 8,
                            part.colour(),
                            name + ": " + value)
                    .text(x + width + 6, y + 17, Svg.Anchor.START, "", value);
            x += width;
            y += ROW;
        }
        svg.text(LEFT - 8, y + 17, Svg.Anchor.END, "strong", texts.text("step.whole"))
                .rectangle(LEFT, y + 4, total * scale, ROW - 8, "c7", texts.text("step.whole"))
                .text(
                        LEFT + total * scale + 6,
                        y + 17,
                        Svg.Anchor.START,
                        "strong",
                        texts.text("seconds", texts.number(total, 3)));
        return svg.end();
    }

    private static DataTable table(Texts texts, List<Part> parts, double total) {
        DataTable table =
                new DataTable(
                        texts.text("step.title"),
                        texts.text("step.part"),
                        texts.text("column.seconds"),
                        texts.text("column.share"));
        parts.forEach(
                part ->
                        table.row(
                                texts.text(part.key()),
                                texts.number(part.seconds(), 3),
                                texts.percent(part.seconds() / total)));
        return table.row(texts.text("step.whole"), texts.number(total, 3), texts.percent(1));
    }
}
