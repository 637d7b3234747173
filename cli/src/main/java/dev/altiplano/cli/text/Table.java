package dev.altiplano.cli.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table for people: columns as wide as their widest cell, numbers to the right. Where the screen
 * is narrower, texts are folded at words; columns that still find no room follow below in a table
 * of their own, which repeats the first column.
 */
public final class Table {
    /** Which side the cells of a column keep to. */
    public enum Align {
        LEFT,
        RIGHT
    }

    private static final String GAP = "  ";

    /** Longer words, such as addresses, are cut where there is no room. */
    private static final int WORD_MAX = 30;

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

    /** As wide as it is. */
    public void print(PrintWriter out) {
        print(out, Integer.MAX_VALUE);
    }

    /** In lines of at most {@code columnsMax} characters, as far as single cells have room. */
    public void print(PrintWriter out, int columnsMax) {
        int next = 0;
        while (next < headers.size()) {
            List<Integer> shown = new ArrayList<>(next == 0 ? List.of() : List.of(0));
            int least = shown.size() + 1;
            while (next < headers.size()
                    && (shown.size() < least || fits(shown, next, columnsMax))) {
                shown.add(next++);
            }
            print(out, shown, columnsMax);
            if (next < headers.size()) {
                out.println();
            }
        }
        out.flush();
    }

    private boolean fits(List<Integer> shown, int another, int columnsMax) {
        int width = leastWidth(another);
        for (int column : shown) {
            width += leastWidth(column) + GAP.length();
        }
        return width <= columnsMax;
    }

    private void print(PrintWriter out, List<Integer> shown, int columnsMax) {
        int[] widths = widths(shown, columnsMax);
        print(out, headers, shown, widths);
        List<String> rules = new ArrayList<>(headers);
        for (int i = 0; i < widths.length; i++) {
            rules.set(shown.get(i), "─".repeat(widths[i]));
        }
        print(out, rules, shown, widths);
        rows.forEach(row -> print(out, row, shown, widths));
    }

    /** The widest column gives way first. */
    private int[] widths(List<Integer> shown, int columnsMax) {
        int[] widths = shown.stream().mapToInt(this::width).toArray();
        long excess = Arrays.stream(widths).asLongStream().sum() - columnsMax;
        excess += (long) GAP.length() * (widths.length - 1);
        for (; excess > 0; excess--) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                boolean canGive = widths[i] > leastWidth(shown.get(i));
                if (canGive && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private int width(int column) {
        return cells(column).mapToInt(String::length).max().orElse(0);
    }

    /** Numbers stay whole, and so do words that are not too long. */
    private int leastWidth(int column) {
        Stream<String> whole =
                aligns.get(column) == Align.LEFT
                        ? cells(column).flatMap(Table::words).map(Table::cut)
                        : Stream.concat(
                                words(headers.get(column)),
                                rows.stream().map(row -> row.get(column)));
        return whole.mapToInt(String::length).max().orElse(0);
    }

    private static Stream<String> words(String cell) {
        return Arrays.stream(cell.split(" ", -1));
    }

    private static String cut(String word) {
        return word.substring(0, Math.min(WORD_MAX, word.length()));
    }

    private Stream<String> cells(int column) {
        return Stream.concat(
                Stream.of(headers.get(column)), rows.stream().map(row -> row.get(column)));
    }

    /** For Markdown, numbers to the right. */
    public void printMarkdown(PrintWriter out) {
        List<String> rules = new ArrayList<>();
        for (Align align : aligns) {
            rules.add(align == Align.LEFT ? "---" : "---:");
        }
        printMarkdown(out, headers);
        out.println("| " + String.join(" | ", rules) + " |");
        rows.forEach(row -> printMarkdown(out, row));
        out.flush();
    }

    private static void printMarkdown(PrintWriter out, List<String> cells) {
        List<String> escaped = cells.stream().map(cell -> cell.replace("|", "\\|")).toList();
        out.println("| " + String.join(" | ", escaped).replace("\n", " ") + " |");
    }

    private void print(PrintWriter out, List<String> cells, List<Integer> shown, int[] widths) {
        List<List<String>> folded =
                IntStream.range(0, widths.length)
                        .mapToObj(i -> Folded.lines(cells.get(shown.get(i)), widths[i]))
                        .toList();
        int height = folded.stream().mapToInt(List::size).max().orElse(0);
        for (int y = 0; y < height; y++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String text = y < folded.get(i).size() ? folded.get(i).get(y) : "";
                String pad = " ".repeat(Math.max(0, widths[i] - text.length()));
                line.append(i == 0 ? "" : GAP);
                line.append(aligns.get(shown.get(i)) == Align.LEFT ? text + pad : pad + text);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
