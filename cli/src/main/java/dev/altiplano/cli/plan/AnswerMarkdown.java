package dev.altiplano.cli.plan;

import dev.altiplano.planner.quantity.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An answer as a page of Markdown. */
final class AnswerMarkdown {
    private final List<String> lines = new ArrayList<>();

    private AnswerMarkdown() {}

    static String of(Answer answer, boolean explain) {
        AnswerMarkdown page = new AnswerMarkdown();
        page.lines.add("## " + answer.title());
        AnswerLines.head(answer).forEach(page::table);
        answer.grids().forEach(page::table);
        if (explain) {
            page.lines.add("");
            answer.terms()
                    .forEach(
                            term ->
                                    page.lines.add(
                                            "- %s = %s %s = `%s` (%s)"
                                                    .formatted(
                                                            term.name(),
                                                            Numbers.text(term.value()),
                                                            term.unit(),
                                                            term.formula(),
                                                            term.source())));
        }
        page.bullets(answer.notes());
        page.bullets(
                answer.defaults().stream()
                        .map(d -> "default `%s: %s` (%s)".formatted(d.key(), d.value(), d.about()))
                        .toList());
        return String.join("\n", page.lines) + "\n";
    }

    private void bullets(List<String> items) {
        if (!items.isEmpty()) {
            lines.add("");
            items.forEach(item -> lines.add("- " + item));
        }
    }

    private void table(Grid grid) {
        if (grid.rows().isEmpty()) {
            return;
        }
        lines.add("");
        if (!grid.caption().isEmpty()) {
            lines.add(grid.caption());
            lines.add("");
        }
        List<Grid.Column> columns = grid.columns();
        List<Grid.Column> shown = columns.stream().filter(Grid.Column::isForPeople).toList();
        lines.add(line(shown.stream().map(Grid.Column::header).toList()));
        lines.add(line(shown.stream().map(c -> c.isNumber() ? "---:" : "---").toList()));
        grid.rows().forEach(row -> lines.add(line(AnswerLines.visible(columns, row))));
    }

    private static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }
}
