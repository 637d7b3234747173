package dev.altiplano.planner.report;

import static dev.altiplano.planner.report.Html.escape;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The values of a picture as a table, in HTML and in Markdown. Columns after the first hold
 * numbers, save those named as {@link #words}.
 */
final class DataTable {
    private final String caption;
    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();
    private Set<Integer> words = Set.of(0);

    DataTable(String caption, String... head) {
        this.caption = caption;
        this.head = List.of(head);
    }

    /** These columns hold words, too. The first is 0. */
    DataTable words(int... columns) {
        words =
                IntStream.concat(IntStream.of(0), IntStream.of(columns))
                        .boxed()
                        .collect(Collectors.toUnmodifiableSet());
        return this;
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
        out.append("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"")
                .append(escape(caption))
                .append("\"><table><caption>")
                .append(escape(caption))
                .append("</caption><thead><tr>");
        for (int column = 0; column < head.size(); column++) {
            appendCell(out, "<th scope=\"col\"", column, head.get(column), "</th>");
        }
        out.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            out.append("<tr>");
            appendCell(out, "<th scope=\"row\"", 0, row.getFirst(), "</th>");
            for (int column = 1; column < row.size(); column++) {
                appendCell(out, "<td", column, row.get(column), "</td>");
            }
            out.append("</tr>");
        }
        return out.append("</tbody></table></div>").toString();
    }

    private void appendCell(StringBuilder out, String open, int column, String text, String close) {
        out.append(open)
                .append(words.contains(column) ? " class=\"words\">" : ">")
                .append(escape(text))
                .append(close);
    }

    String markdown() {
        StringBuilder out = new StringBuilder("**").append(caption).append("**\n\n");
        appendMarkdown(out, head);
        for (int column = 0; column < head.size(); column++) {
            out.append(words.contains(column) ? "|---" : "|---:");
        }
        out.append("|\n");
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
