package dev.altiplano.planner.report;

import static dev.altiplano.planner.report.Html.escape;

import java.util.ArrayList;
import java.util.List;

/**
 * The values of a picture as a table, in HTML and in Markdown. Columns after the first hold
 * numbers.
 */
final class DataTable {
    private final String caption;
    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    DataTable(String caption, String... head) {
        this.caption = caption;
        this.head = List.of(head);
    }

    DataTable row(String... cells) {
        if (cells.length != head.size()) {
            throw new IllegalArgumentException(
                    "%d cells in a table of %d columns".formatted(cells.length, head.size()));
        }
        rows.add(List.of(cells));
        return this;
    }

    List<List<String>> rows() {
        return List.copyOf(rows);
    }

    /** Can be scrolled with the keyboard where it is wider than the window. */
    String html() {
        StringBuilder out = new StringBuilder();
        out.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .append(escape(caption))
                .append("\"><table><caption>")
                .append(escape(caption))
                .append("</caption><thead><tr>");
        head.forEach(cell -> out.append("<th scope=\"col\">").append(escape(cell)).append("</th>"));
        out.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            out.append("<tr><th scope=\"row\">").append(escape(row.getFirst())).append("</th>");
            row.stream()
                    .skip(1)
                    .forEach(cell -> out.append("<td>").append(escape(cell)).append("</td>"));
            out.append("</tr>");
        }
        return out.append("</tbody></table></div>").toString();
    }

    String markdown() {
        StringBuilder out = new StringBuilder();
        appendMarkdown(out, head);
        out.append("|---").append("|---:".repeat(head.size() - 1)).append("|\n");
        rows.forEach(row -> appendMarkdown(out, row));
        return out.toString();
    }

    private static void appendMarkdown(StringBuilder out, List<String> cells) {
        cells.forEach(
                cell ->
                        out.append("| ")
                                .append(cell.replace("|", "\\|").replace("\n", " "))
                                .append(' '));
        out.append("|\n");
    }
}
