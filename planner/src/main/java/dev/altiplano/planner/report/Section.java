package dev.altiplano.planner.report;

import static dev.altiplano.planner.report.Html.escape;

import java.util.List;

/**
 * One picture with its words.
 *
 * @param id anchor in the page
 * @param lead what the reader should see in it, in a sentence or two
 * @param controls HTML above the drawings that changes how they look, or empty
 * @param drawings SVG, finished
 * @param legend what the colours mean; empty where the picture says it itself
 * @param tables the same values
 * @param folds what is told one by one
 * @param points a list of sentences
 */
record Section(
        String id,
        String title,
        String lead,
        String controls,
        List<String> drawings,
        List<LegendEntry> legend,
        List<DataTable> tables,
        List<Fold.Group> folds,
        List<String> points) {
    Section {
        drawings = List.copyOf(drawings);
        legend = List.copyOf(legend);
        tables = List.copyOf(tables);
        folds = List.copyOf(folds);
        points = List.copyOf(points);
    }

    /** A picture and its values. */
    Section(
            String id,
            String title,
            String lead,
            List<String> drawings,
            List<LegendEntry> legend,
            List<DataTable> tables) {
        this(id, title, lead, "", drawings, legend, tables, List.of(), List.of());
    }

    Section withControls(String html) {
        return new Section(id, title, lead, html, drawings, legend, tables, folds, points);
    }

    Section with(List<Fold.Group> newFolds) {
        return new Section(id, title, lead, controls, drawings, legend, tables, newFolds, points);
    }

    Section withPoints(List<String> newPoints) {
        return new Section(id, title, lead, controls, drawings, legend, tables, folds, newPoints);
    }

    /** A colour class and its meaning. */
    record LegendEntry(String colour, String meaning) {
        static String html(List<LegendEntry> entries) {
            if (entries.isEmpty()) {
                return "";
            }
            StringBuilder out = new StringBuilder("<ul class=\"legend\">");
            for (LegendEntry entry : entries) {
                out.append("<li><svg viewBox=\"0 0 12 12\" aria-hidden=\"true\">")
                        .append("<rect width=\"12\" height=\"12\" class=\"")
                        .append(entry.colour())
                        .append("\"/></svg>")
                        .append(escape(entry.meaning()))
                        .append("</li>");
            }
            return out.append("</ul>").toString();
        }
    }

    String html(Texts texts) {
        StringBuilder out = new StringBuilder();
        out.append("<section id=\"%s\" aria-labelledby=\"%s-title\">".formatted(id, id))
                .append("<h2 id=\"%s-title\">%s</h2>".formatted(id, escape(title)))
                .append(Html.element("p", lead));
        if (!drawings.isEmpty()) {
            out.append("<figure>").append(controls);
            drawings.forEach(
                    drawing ->
                            out.append(
                                            "<div class=\"drawing scroll\" tabindex=\"0\" role=\"group\" aria-label=\"")
                                    .append(escape(title))
                                    .append("\">")
                                    .append(drawing)
                                    .append("</div>"));
            out.append(LegendEntry.html(legend)).append("</figure>");
        }
        if (!points.isEmpty()) {
            out.append("<ul>");
            points.forEach(point -> out.append(Html.element("li", point)));
            out.append("</ul>");
        }
        folds.forEach(group -> out.append(group.html()));
        if (!tables.isEmpty()) {
            out.append("<details><summary>")
                    .append(texts.html("values.as.table"))
                    .append("</summary>");
            tables.forEach(table -> out.append(table.html()));
            out.append("</details>");
        }
        return out.append("</section>").toString();
    }

    String markdown() {
        StringBuilder out = new StringBuilder();
        out.append("## ").append(title).append("\n\n").append(lead).append("\n\n");
        points.forEach(point -> out.append("- ").append(point).append('\n'));
        out.append(points.isEmpty() ? "" : "\n");
        tables.forEach(table -> out.append(table.markdown()).append('\n'));
        folds.forEach(group -> out.append(group.markdown()));
        return out.toString();
    }
}
