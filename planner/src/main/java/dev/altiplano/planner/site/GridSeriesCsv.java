package dev.altiplano.planner.site;

import dev.altiplano.planner.file.TextFile;
import dev.altiplano.planner.money.Money;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Place;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an hourly series: the header {@code hour,kg_per_kwh,usd_per_kwh}, then one line for each
 * hour, counted from 0 without a gap.
 */
public final class GridSeriesCsv {
    private static final String HEADER = "hour,kg_per_kwh,usd_per_kwh";
    private static final int COLUMNS = 3;

    /** A hundred years. */
    private static final int HOURS_MAX = 876_000;

    /** Enough to mend a file with. */
    private static final int PROBLEMS_MAX = 50;

    private static final double KG_MAX = 2;
    private static final double USD_MAX = 100;

    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private final List<GridSeries.Hour> hours = new ArrayList<>();

    private GridSeriesCsv(String file) {
        this.file = file;
    }

    /** Throws {@link PlannerException} with the problems and their lines. */
    public static GridSeries read(Path file) {
        return read(String.valueOf(file.getFileName()), TextFile.read(file).lines().toList());
    }

    /** The same of lines; {@code file} is what messages call them. */
    static GridSeries read(String file, List<String> lines) {
        GridSeriesCsv reader = new GridSeriesCsv(file);
        reader.read(lines);
        if (!reader.problems.isEmpty()) {
            throw new PlannerException(reader.problems);
        }
        return new GridSeries(reader.hours);
    }

    private void read(List<String> lines) {
        String header = lines.isEmpty() ? "" : lines.getFirst().replace(" ", "");
        if (!header.equals(HEADER)) {
            add(
                    ErrorCode.E005,
                    1,
                    "the header is '%s', expected '%s'".formatted(shown(header), HEADER));
            return;
        }
        if (lines.size() < 2 || lines.size() > HOURS_MAX) {
            add(ErrorCode.E001, 0, "expected 1 to %d hours below the header".formatted(HOURS_MAX));
            return;
        }
        for (int i = 1; i < lines.size() && problems.size() < PROBLEMS_MAX; i++) {
            String line = lines.get(i);
            boolean isTrailing = line.isBlank() && i == lines.size() - 1;
            if (!isTrailing) {
                readHour(i + 1, line.split(",", -1));
            }
        }
    }

    private void readHour(int line, String[] cells) {
        if (cells.length != COLUMNS) {
            add(ErrorCode.E005, line, cells.length + " columns, the header has " + COLUMNS);
            return;
        }
        int expectedHour = line - 2;
        if (number(line, "hour", cells[0], 0, HOURS_MAX) != expectedHour) {
            add(
                    ErrorCode.E005,
                    line,
                    "hour '%s', expected %d".formatted(shown(cells[0].strip()), expectedHour));
        }
        double kg = number(line, "kg_per_kwh", cells[1], 0, KG_MAX);
        double usd = number(line, "usd_per_kwh", cells[2], -USD_MAX, USD_MAX);
        hours.add(new GridSeries.Hour(kg, Money.ofUsd(usd)));
    }

    /** The number in {@code cell}; after a problem {@code low}. */
    private double number(int line, String column, String cell, double low, double high) {
        double value;
        try {
            value = Double.parseDouble(cell.strip());
        } catch (NumberFormatException e) {
            add(
                    ErrorCode.E005,
                    line,
                    "%s '%s' is not a number".formatted(column, shown(cell.strip())));
            return low;
        }
        if (!(value >= low && value <= high)) {
            add(
                    ErrorCode.E401,
                    line,
                    "%s %s is outside %s to %s".formatted(column, value, low, high));
            return low;
        }
        return value;
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    private void add(ErrorCode code, int line, String message) {
        problems.add(Problem.of(code, message).at(new Place(file, line, "")));
    }
}
