package dev.altiplano.cli.plan;

import dev.altiplano.cli.text.Folded;
import dev.altiplano.cli.text.Table;
import dev.altiplano.cli.text.Table.Align;
import dev.altiplano.planner.explain.Term;
import dev.altiplano.planner.quantity.Numbers;
import java.io.PrintWriter;
import java.util.List;

/** An answer as tables for a terminal. */
final class AnswerText {
    private final Answer answer;
    private final PrintWriter out;
    private final int columnsMax;

    private AnswerText(Answer answer, PrintWriter out, int columnsMax) {
        this.answer = answer;
        this.out = out;
        this.columnsMax = columnsMax;
    }

    /** In lines of at most {@code columnsMax} characters. */
    static void print(Answer answer, boolean explain, PrintWriter out, int columnsMax) {
        new AnswerText(answer, out, columnsMax).print(explain);
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
        table.print(out, columnsMax);
    }

    private void explanation() {
        for (Term term : answer.terms()) {
            out.println();
            String unit = term.unit().isEmpty() ? "" : " " + term.unit();
            paragraph("%s = %s%s".formatted(term.name(), Numbers.text(term.value()), unit));
            paragraph("    = " + term.formula());
            paragraph("    " + term.source());
        }
    }

    private void paragraph(String text) {
        Folded.paragraph(text, columnsMax).forEach(out::println);
    }

    private void section(List<String> lines) {
        if (!lines.isEmpty()) {
            out.println();
            lines.forEach(this::paragraph);
        }
    }
}
