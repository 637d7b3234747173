package dev.altiplano.cli.plan;

import dev.altiplano.planner.quantity.Numbers;
import dev.altiplano.planner.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;

/** The parts of an answer that both printers for people share. */
final class AnswerLines {
    private AnswerLines() {}

    /** Facts and figures as tables of their own. */
    static List<Grid> head(Answer answer) {
        Grid facts = new Grid("facts", "").text("what", "what").text("value", "value");
        answer.facts().forEach(f -> facts.row(f.label(), Cells.text(f.value())));
        Grid figures =
                new Grid("figures", "")
                        .text("what", "what")
                        .number("value", "value")
                        .text("unit", "unit")
                        .text("band", "low to high")
                        .text("grade", "grade");
        answer.figures().forEach(f -> figures.row(row(f)));
        return List.of(facts, figures);
    }

    private static Object[] row(Answer.Figure figure) {
        Quantity value = Cells.scaled(figure.value());
        String band =
                value.isExact()
                        ? ""
                        : Numbers.text(value.low()) + " to " + Numbers.text(value.high());
        return new Object[] {
            figure.label(),
            Numbers.text(value.likely()),
            value.unit().symbol(),
            band,
            value.grade().toString()
        };
    }

    static List<String> visible(List<Grid.Column> columns, List<Object> row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            if (columns.get(i).isForPeople()) {
                cells.add(Cells.text(row.get(i)));
            }
        }
        return cells;
    }

    /** One line of all defaults. */
    static List<String> defaults(Answer answer) {
        if (answer.defaults().isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("Defaults used:"));
        answer.defaults()
                .forEach(d -> lines.add("  %s: %s  (%s)".formatted(d.key(), d.value(), d.about())));
        return lines;
    }
}
