package dev.altiplano.planner.fleet;

import dev.altiplano.planner.file.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The inventory as CSV. The first row names the columns, in any order: {@code node, rack, pod} must
 * be there; {@code accelerator, serials, state, age_days, faults_by_cause, last_test, firmware}
 * may. Faults are {@code cause=count} parted by semicolons; the column may also be called {@code
 * faults} and hold one number.
 *
 * <p>All problems of a file are told at once, each with its line, up to {@link #PROBLEMS_MAX}.
 */
public final class InventoryCsv {
    /** Problems that are told of one file. */
    public static final int PROBLEMS_MAX = 20;

    static final List<String> COLUMNS =
            List.of(
                    "node",
                    "rack",
                    "pod",
                    "accelerator",
                    "serials",
                    "state",
                    "age_days",
                    "faults_by_cause",
                    "last_test",
                    "firmware");

    private InventoryCsv() {}

    /** Reads a whole cluster. */
    public static Inventory read(Path file) {
        return parse(file.toString(), TextFile.read(file));
    }

    /**
     * Reads news about nodes of {@code known}: each row replaces the node's row, in whole. A node
     * that {@code known} does not have is a problem.
     */
    public static Inventory readUpdate(Inventory known, Path file) {
        return parseUpdate(known, file.toString(), TextFile.read(file));
    }

    static Inventory parse(String file, String text) {
        InventoryRows rows = new InventoryRows(file, text, name -> Optional.empty());
        return new Inventory(rows.nodes());
    }

    static Inventory parseUpdate(Inventory known, String file, String text) {
        InventoryRows rows =
                new InventoryRows(
                        file,
                        text,
                        name ->
                                known.node(name).isPresent()
                                        ? Optional.empty()
                                        : Optional.of("unknown node " + name));
        Map<String, Node> news = new LinkedHashMap<>();
        rows.nodes().forEach(node -> news.put(node.name(), node));
        List<Node> all = new ArrayList<>();
        known.nodes().forEach(node -> all.add(news.getOrDefault(node.name(), node)));
        return new Inventory(all);
    }

    /** Writes beside the file and moves into place. */
    public static void write(Inventory inventory, Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path beside = Files.createTempFile(target.getParent(), "inventory", ".part");
        try {
            Files.writeString(beside, format(inventory));
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    static String format(Inventory inventory) {
        StringBuilder out = new StringBuilder(String.join(",", COLUMNS)).append('\n');
        for (Node node : inventory.nodes()) {
            List<String> fields =
                    List.of(
                            node.name(),
                            node.rack(),
                            node.pod(),
                            node.accelerator(),
                            node.serials(),
                            node.state().label(),
                            number(node.ageDays()),
                            faults(node.faultsByCause()),
                            node.lastTest(),
                            node.firmware());
            fields.forEach(field -> out.append(quoted(field)).append(','));
            out.setCharAt(out.length() - 1, '\n');
        }
        return out.toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) && value < 1e15
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(value);
    }

    private static String faults(Map<String, Integer> byCause) {
        List<String> parts = new ArrayList<>();
        byCause.forEach((cause, count) -> parts.add(cause + "=" + count));
        return String.join(";", parts);
    }

    private static String quoted(String field) {
        boolean isPlain =
                field.equals(field.strip())
                        && field.chars().noneMatch(c -> ",\"\n\r".indexOf(c) >= 0);
        return isPlain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
