package dev.altiplano.planner.fleet;

import java.util.ArrayList;
import java.util.List;

/** Rows of a CSV text with the line that each begins on. RFC 4180, with LF or CRLF. */
final class CsvRows {
    private final String text;
    private final List<Row> rows = new ArrayList<>();
    private List<String> fields = new ArrayList<>();
    private int position;
    private int line = 1;
    private int rowLine = 1;

    private CsvRows(String text) {
        this.text = text;
    }

    /** Rows that are not blank. A quote that is never closed ends with the text. */
    static List<Row> of(String text) {
        CsvRows reader = new CsvRows(text);
        while (reader.position < text.length()) {
            reader.readField();
        }
        reader.endRow();
        return reader.rows;
    }

    /** Reads one field and what ends it. */
    private void readField() {
        boolean isQuoted = text.charAt(position) == '"';
        fields.add(isQuoted ? quoted() : plain());
        if (position >= text.length()) {
            return;
        }
        if (text.charAt(position++) == ',') {
            if (position == text.length()) {
                fields.add("");
            }
        } else {
            line++;
            endRow();
        }
    }

    private String plain() {
        int start = position;
        while (position < text.length() && !endsField(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position).strip();
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        position++;
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"' && position < text.length() && text.charAt(position) == '"') {
                position++;
            } else if (c == '"') {
                break;
            } else if (c == '\n') {
                line++;
            }
            value.append(c);
        }
        // What stands between the quote and the comma belongs to nobody.
        plain();
        return value.toString();
    }

    private static boolean endsField(char c) {
        return c == ',' || c == '\n';
    }

    private void endRow() {
        boolean isBlank = fields.stream().allMatch(String::isEmpty);
        if (!isBlank) {
            rows.add(new Row(rowLine, List.copyOf(fields)));
        }
        fields = new ArrayList<>();
        rowLine = line;
    }

    /** One row and the line, from 1, that it begins on. */
    record Row(int line, List<String> fields) {}
}
