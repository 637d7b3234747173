package dev.altiplano.cli.plan;

import dev.altiplano.cli.text.Table;
import dev.altiplano.cli.text.Table.Align;
import dev.altiplano.planner.quantity.Numbers;
import java.io.PrintWriter;
import java.util.List;

/** An answer as tables for a terminal. */
final class AnswerText {
    private final Answer answer;
    private final PrintWriter out;

    private AnswerText(Answer answer, PrintWriter out) {
        this.answer = answer;
        this.out = out;
    }

    static void print(Answer answer, boolean explain, PrintWriter out) {
        new AnswerText(answer, out).print(explain);
        out.flush();
    }

    private void print(boolean explain) {
        out.println(answer.title());
        AnswerLines.head(answer).forEach(this::table);
        answer.grids().forEach(this::table);
        if (explain) {
            explanation();
        }
        section(answer.notes());
        section(AnswerLines.defaults(answer));
    }

    private void table(Grid grid) {
        if (grid.rows().isEmpty()) {
            return;
        }
        out.println();
        if (!grid.caption().isEmpty()) {
            out.println(grid.caption());
        }
        Table table = new Table();
        List<Grid.Column> columns = grid.columns();
        columns.stream()
                .filter(Grid.Column::isForPeople)
                .forEach(c -> table.column(c.header(), c.isNumber() ? Align.RIGHT : Align.LEFT));
        for (List<Object> row : grid.rows()) {
            table.row(AnswerLines.visible(columns, row).toArray());
        }
        table.print(out);
    }

    private void explanation() {
        answer.terms()
                .forEach(
                        term ->
                                out.printf(
                                        "%n%s = %s %s%n    = %s%n    %s%n",
                                        term.name(),
                                        Numbers.text(term.value()),
                                        term.unit(),
                                        term.formula(),
                                        term.source()));
    }

    private void section(List<String> lines) {
        if (!lines.isEmpty()) {
            out.println();
            lines.forEach(out::println);
        }
    }
}
