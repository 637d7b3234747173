package dev.altiplano.cli.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of equal form. A cell is text, a whole number, a {@code Double} in the column's unit, a
 * Quantity, a truth value, a list of text, or empty text where there is nothing to tell.
 */
final class Grid {
    private final String key;
    private final String caption;
    private final List<Column> columns = new ArrayList<>();
    private final List<List<Object>> rows = new ArrayList<>();

    Grid(String key, String caption) {
        this.key = key;
        this.caption = caption;
    }

    /**
     * @param key in {@code --json}
     * @param header in tables
     */
    record Column(String key, String header, boolean isNumber, boolean isForPeople) {}

    Grid text(String columnKey, String header) {
        columns.add(new Column(columnKey, header, false, true));
        return this;
    }

    Grid number(String columnKey, String header) {
        columns.add(new Column(columnKey, header, true, true));
        return this;
    }

    /** Left out of tables: for programs. */
    Grid hidden(String columnKey) {
        columns.add(new Column(columnKey, columnKey, false, false));
        return this;
    }

    Grid row(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(
                    "expected %d cells, found %d".formatted(columns.size(), cells.length));
        }
        rows.add(List.of(cells));
        return this;
    }

    String key() {
        return key;
    }

    String caption() {
        return caption;
    }

    List<Column> columns() {
        return columns;
    }

    List<List<Object>> rows() {
        return rows;
    }
}
