package dev.altiplano.planner.step;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Place;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.schema.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measured steps of one model on one machine, one a line: {@code
 * tp,cp,pp,ep,expert_tp,dp,v,micro,micro_batches,zero,recompute,schedule,seconds}. The header names
 * the columns in any order; {@code dp}, {@code micro_batches} and {@code seconds} must be there,
 * the rest is 1, {@code zero_1}, {@code none}, and the plain or interleaved schedule.
 */
public final class MeasurementCsv {
    private static final int LINES_MAX = 100_000;

    private static final List<String> COLUMNS =
            List.of(
                    "tp",
                    "cp",
                    "pp",
                    "ep",
                    "expert_tp",
                    "dp",
                    "v",
                    "micro",
                    "micro_batches",
                    "zero",
                    "recompute",
                    "schedule",
                    "seconds");

    private final String file;
    private final StepModel model;
    private final List<Problem> problems = new ArrayList<>();

    private MeasurementCsv(String file, StepModel model) {
        this.file = file;
        this.model = model;
    }

    /**
     * Reads all lines; throws {@link PlannerException} with every problem and its line.
     *
     * @param file name for messages
     * @param model the model and machine that were measured
     */
    public static List<Measurement> read(String file, List<String> lines, StepModel model) {
        MeasurementCsv reader = new MeasurementCsv(file, model);
        List<Measurement> found = reader.read(lines);
        if (!reader.problems.isEmpty()) {
            throw new PlannerException(reader.problems);
        }
        return found;
    }

    private List<Measurement> read(List<String> lines) {
        List<Measurement> found = new ArrayList<>();
        if (lines.isEmpty() || lines.size() > LINES_MAX) {
            problem(ErrorCode.E001, 0, "expected a header and 1 to %d lines".formatted(LINES_MAX));
            return found;
        }
        List<String> columns = cells(lines.getFirst());
        for (String column : columns) {
            if (!COLUMNS.contains(column)) {
                String hint = Nearest.hint(column, COLUMNS);
                problem(ErrorCode.E003, 1, "column '%s' unknown%s".formatted(column, hint));
            }
        }
        for (String needed : List.of("dp", "micro_batches", "seconds")) {
            if (!columns.contains(needed)) {
                problem(ErrorCode.E004, 1, "the column " + needed + " is missing");
            }
        }
        for (int i = 1; i < lines.size() && problems.isEmpty(); i++) {
            if (!lines.get(i).isBlank()) {
                readLine(i + 1, columns, cells(lines.get(i)), found);
            }
        }
        if (problems.isEmpty() && found.isEmpty()) {
            problem(ErrorCode.E001, 0, "there is no measurement below the header");
        }
        return found;
    }

    private void readLine(
            int line, List<String> columns, List<String> cells, List<Measurement> found) {
        if (cells.size() != columns.size()) {
            problem(
                    ErrorCode.E005,
                    line,
                    "%d columns, the header has %d".formatted(cells.size(), columns.size()));
            return;
        }
        Map<String, String> row = new TreeMap<>();
        for (int i = 0; i < cells.size(); i++) {
            row.put(columns.get(i), cells.get(i));
        }
        try {
            found.add(
                    new Measurement(
                            "line " + line,
                            model,
                            layout(row),
                            integer(row, "micro_batches"),
                            seconds(row)));
        } catch (IllegalArgumentException | ArithmeticException e) {
            problem(ErrorCode.E005, line, String.valueOf(e.getMessage()));
        }
    }

    private static Layout layout(Map<String, String> row) {
        int v = integer(row, "v");
        Schedule plain = v > 1 ? Schedule.INTERLEAVED : Schedule.ONE_F_ONE_B;
        int replicas = Math.multiplyExact(integer(row, "dp"), integer(row, "cp"));
        return new Layout(
                integer(row, "tp"),
                integer(row, "cp"),
                integer(row, "pp"),
                integer(row, "ep"),
                integer(row, "expert_tp"),
                integer(row, "dp"),
                v,
                integer(row, "micro"),
                choice(row, "zero", DataSharding.ZERO_1),
                replicas,
                choice(row, "recompute", Recompute.NONE),
                choice(row, "schedule", plain));
    }

    private static int integer(Map<String, String> row, String column) {
        String text = row.getOrDefault(column, "1");
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s '%s' is not a whole number".formatted(column, text), e);
        }
    }

    private static double seconds(Map<String, String> row) {
        String text = row.getOrDefault("seconds", "");
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("seconds '%s' is not a number".formatted(text), e);
        }
    }

    private static <E extends Enum<E>> E choice(
            Map<String, String> row, String column, E otherwise) {
        String text = row.getOrDefault(column, otherwise.name());
        Class<E> type = otherwise.getDeclaringClass();
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> value.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "%s '%s' is none of %s"
                                                .formatted(
                                                        column,
                                                        text,
                                                        Arrays.toString(type.getEnumConstants())
                                                                .toLowerCase(Locale.ROOT))));
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.split(",", -1)) {
            cells.add(cell.strip());
        }
        return cells;
    }

    private void problem(ErrorCode code, int line, String message) {
        problems.add(Problem.of(code, message).at(new Place(file, line, "")));
    }
}
