package dev.altiplano.planner.fleet;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Place;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.schema.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Turns the rows of an inventory file into nodes and collects what is wrong with them. */
final class InventoryRows {
    private static final String FAULTS = "faults_by_cause";

    /** The same column under its short name. */
    private static final String FAULTS_IN_ALL = "faults";

    private final String file;
    private final Function<String, Optional<String>> objection;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Integer> columns = new HashMap<>();
    private final Map<String, String> written = new HashMap<>();
    private final Map<String, Integer> lineOfNode = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    /** {@code objection} may say why a node's name is refused. */
    InventoryRows(String file, String text, Function<String, Optional<String>> objection) {
        this.file = file;
        this.objection = objection;
        List<CsvRows.Row> rows = CsvRows.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        if (rows.isEmpty()) {
            problem(0, "", "the file is empty", "a row of column names and a row per node");
        } else {
            readHeader(rows.getFirst());
        }
        if (problems.isEmpty()) {
            rows.stream().skip(1).forEach(this::readNode);
        }
        if (problems.isEmpty() && nodes.isEmpty()) {
            problem(0, "", "no node", "a row per node");
        }
        if (!problems.isEmpty()) {
            throw new PlannerException(told());
        }
    }

    List<Node> nodes() {
        return nodes;
    }

    private void readHeader(CsvRows.Row header) {
        for (int i = 0; i < header.fields().size(); i++) {
            String heading = header.fields().get(i);
            String name = heading.toLowerCase(Locale.ROOT);
            String column = name.equals(FAULTS_IN_ALL) ? FAULTS : name;
            if (!InventoryCsv.COLUMNS.contains(column)) {
                problem(
                        header.line(),
                        heading,
                        unknown(heading),
                        String.join(", ", InventoryCsv.COLUMNS));
            } else if (columns.put(column, i) != null) {
                problem(header.line(), heading, "the column stands twice", "each column once");
            }
            written.put(column, heading);
        }
        for (String needed : List.of("node", "rack", "pod")) {
            if (!columns.containsKey(needed)) {
                problem(header.line(), needed, "the column is missing", "node, rack, pod");
            }
        }
    }

    private static String unknown(String heading) {
        String column = heading.length() > 60 ? heading.substring(0, 60) + "…" : heading;
        List<String> known = new ArrayList<>(InventoryCsv.COLUMNS);
        known.add(FAULTS_IN_ALL);
        return "column '%s' unknown%s".formatted(column, Nearest.hint(column, known));
    }

    private void readNode(CsvRows.Row row) {
        if (row.fields().size() > columns.size()) {
            problem(
                    row.line(),
                    "",
                    row.fields().size() + " fields",
                    "at most " + columns.size() + ", quotes around commas");
            return;
        }
        String name = field(row, "node");
        for (String needed : List.of("node", "rack", "pod")) {
            if (field(row, needed).isEmpty()) {
                problem(row.line(), needed, "the value is missing", "a name");
            }
        }
        Integer before = lineOfNode.putIfAbsent(name, row.line());
        if (before != null) {
            String message = "duplicate node %s, also in line %d".formatted(name, before);
            problem(row.line(), "node", message, "each node once");
        }
        objection
                .apply(name)
                .ifPresent(why -> problem(row.line(), "node", why, "a node of the inventory"));
        nodes.add(
                new Node(
                        name,
                        field(row, "rack"),
                        field(row, "pod"),
                        field(row, "accelerator"),
                        field(row, "serials"),
                        state(row),
                        ageDays(row),
                        faults(row),
                        field(row, "last_test"),
                        field(row, "firmware")));
    }

    private NodeState state(CsvRows.Row row) {
        String text = field(row, "state");
        if (text.isEmpty()) {
            return NodeState.ACTIVE;
        }
        for (NodeState state : NodeState.values()) {
            if (state.label().equalsIgnoreCase(text)) {
                return state;
            }
        }
        problem(
                row.line(),
                "state",
                "unknown state " + text,
                "active, suspect, drained, repair, spare, dead");
        return NodeState.ACTIVE;
    }

    private double ageDays(CsvRows.Row row) {
        String text = field(row, "age_days");
        try {
            double days = text.isEmpty() ? 0 : Double.parseDouble(text);
            if (days >= 0 && days <= 36_525) {
                return days;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        problem(row.line(), "age_days", "age " + text, "a number of days from 0 to 36525");
        return 0;
    }

    private Map<String, Integer> faults(CsvRows.Row row) {
        Map<String, Integer> faults = new TreeMap<>();
        String text = field(row, FAULTS);
        for (String part : text.isEmpty() ? new String[0] : text.split(";")) {
            int equals = part.indexOf('=');
            String cause = equals < 0 ? "any" : part.substring(0, equals).strip();
            String count = part.substring(equals + 1).strip();
            if (cause.isEmpty() || !count.matches("[0-9]{1,6}")) {
                problem(
                        row.line(),
                        FAULTS,
                        "faults " + text,
                        "a number, or cause=count;cause=count");
                return Map.of();
            }
            faults.merge(cause, Integer.parseInt(count), Integer::sum);
        }
        return faults;
    }

    private String field(CsvRows.Row row, String column) {
        Integer index = columns.get(column);
        return index == null || index >= row.fields().size() ? "" : row.fields().get(index);
    }

    /** {@code column} is told as the file spells it. */
    private void problem(int line, String column, String message, String allowed) {
        String key = written.getOrDefault(column, column);
        problems.add(
                Problem.of(ErrorCode.E005, "inventory: " + message)
                        .at(new Place(file, line, key))
                        .allowing(allowed));
    }

    /** The first problems, and how many more there are. */
    private List<Problem> told() {
        int more = problems.size() - InventoryCsv.PROBLEMS_MAX;
        if (more <= 0) {
            return problems;
        }
        List<Problem> first = new ArrayList<>(problems.subList(0, InventoryCsv.PROBLEMS_MAX));
        first.add(Problem.of(ErrorCode.E005, "inventory: and %d more".formatted(more)));
        return first;
    }
}
