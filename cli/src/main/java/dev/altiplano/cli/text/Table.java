package dev.altiplano.cli.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table for people: columns as wide as their widest cell, numbers to the right. */
public final class Table {
    /** Which side the cells of a column keep to. */
    public enum Align {
        LEFT,
        RIGHT
    }

    private static final String GAP = "  ";

    private final List<String> headers = new ArrayList<>();
    private final List<Align> aligns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    public Table column(String header, Align align) {
        headers.add(header);
        aligns.add(align);
        return this;
    }

    public Table row(Object... cells) {
        if (cells.length != headers.size()) {
            throw new IllegalArgumentException(
                    "expected %d cells, found %d".formatted(headers.size(), cells.length));
        }
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(String.valueOf(cell));
        }
        rows.add(row);
        return this;
    }

    public void print(PrintWriter out) {
        int[] widths = new int[headers.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = headers.get(i).length();
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        print(out, headers, widths);
        List<String> rules = new ArrayList<>();
        for (int width : widths) {
            rules.add("─".repeat(width));
        }
        print(out, rules, widths);
        rows.forEach(row -> print(out, row, widths));
        out.flush();
    }

    /** For Markdown, numbers to the right. */
    public void printMarkdown(PrintWriter out) {
        List<String> rules = new ArrayList<>();
        for (Align align : aligns) {
            rules.add(align == Align.LEFT ? "---" : "---:");
        }
        printMarkdown(out, headers);
        printMarkdown(out, rules);
        rows.forEach(row -> printMarkdown(out, row));
        out.flush();
    }

    private static void printMarkdown(PrintWriter out, List<String> cells) {
        out.println("| " + String.join(" | ", cells).replace("\n", " ") + " |");
    }

    private void print(PrintWriter out, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String pad = " ".repeat(widths[i] - cells.get(i).length());
            line.append(i == 0 ? "" : GAP);
            line.append(aligns.get(i) == Align.LEFT ? cells.get(i) + pad : pad + cells.get(i));
        }
        out.println(line.toString().stripTrailing());
    }
}
