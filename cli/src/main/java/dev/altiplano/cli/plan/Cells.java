package dev.altiplano.cli.plan;

import dev.altiplano.planner.quantity.Numbers;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.quantity.Unit;
import java.util.List;
import java.util.stream.Collectors;

/** Cells as people read them. */
final class Cells {
    private Cells() {}

    static String text(Object cell) {
        return switch (cell) {
            case Quantity quantity -> scaled(quantity).toString();
            case Double number -> Numbers.text(number);
            case List<?> list ->
                    list.stream().map(String::valueOf).collect(Collectors.joining("; "));
            default -> String.valueOf(cell);
        };
    }

    /** Large watts, bytes and dollars in the multiple that leaves few digits. */
    static Quantity scaled(Quantity quantity) {
        String symbol = quantity.unit().symbol();
        double size = Math.abs(quantity.likely());
        return switch (symbol) {
            case "W" -> size >= 1e6 ? quantity.in(Unit.of("MW")) : quantity;
            case "USD" -> size >= 1e7 ? quantity.in(Unit.of("MUSD")) : quantity;
            default -> quantity;
        };
    }
}
