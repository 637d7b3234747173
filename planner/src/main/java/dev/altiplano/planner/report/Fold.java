package dev.altiplano.planner.report;

import static dev.altiplano.planner.report.Html.element;
import static dev.altiplano.planner.report.Html.escape;

import java.util.List;

/**
 * Something that a reader folds out.
 *
 * @param badge a word or two before the title, such as a verdict; its class is {@code badgeClass}
 * @param lines sentences beneath the table
 */
record Fold(String badge, String badgeClass, String title, DataTable table, List<String> lines) {
    Fold {
        lines = List.copyOf(lines);
    }

    /** Folds under one heading. */
    record Group(String title, List<Fold> folds) {
        Group {
            folds = List.copyOf(folds);
        }

        String html() {
            StringBuilder out = new StringBuilder(element("h3", title));
            folds.forEach(fold -> out.append(fold.html()));
            return out.toString();
        }

        String markdown() {
            StringBuilder out = new StringBuilder("### ").append(title).append("\n\n");
            folds.forEach(fold -> out.append(fold.markdown()));
            return out.toString();
        }
    }

    private String html() {
        StringBuilder out =
                new StringBuilder("<details class=\"fold\"><summary><span class=\"badge ");
        out.append(badgeClass)
                .append("\">")
                .append(escape(badge))
                .append("</span> ")
                .append(escape(title))
                .append("</summary>");
        if (!table.rows().isEmpty()) {
            out.append(table.html());
        }
        lines.forEach(line -> out.append(element("p", line)));
        return out.append("</details>").toString();
    }

    private String markdown() {
        StringBuilder out = new StringBuilder("**").append(badge).append("** – ").append(title);
        out.append("\n\n");
        if (!table.rows().isEmpty()) {
            out.append(table.markdown()).append('\n');
        }
        lines.forEach(line -> out.append(line).append("\n\n"));
        return out.toString();
    }
}
