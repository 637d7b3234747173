package dev.altiplano.cli;

import dev.altiplano.cli.text.Table;
import dev.altiplano.compute.Tensor;
import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.ModelFile;
import dev.altiplano.model.json.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What {@code inspect} shows to people. */
final class InspectTables {
    private static final int VALUE_CHARS_MAX = 72;

    private InspectTables() {}

    static void printModel(ModelFile file, PrintWriter out) {
        ModelFacts facts = ModelFacts.of(file);
        long parameters = file.tensors().stream().mapToLong(t -> t.shape().elements()).sum();
        out.println(file.path());
        out.printf(
                "%s, %s, %d tensors, %s parameters%s%n%n",
                facts.format(),
                Units.bytes(file.sizeBytes()),
                file.tensors().size(),
                Units.parameters(parameters),
                file instanceof GgufFile gguf && gguf.fileCount() > 1
                        ? ", %d files".formatted(gguf.fileCount())
                        : "");
        printFacts(facts, out);
        printFormats(file, out);
        printTensors(file, out);
    }

    private static void printFacts(ModelFacts facts, PrintWriter out) {
        if (facts.facts().isEmpty()) {
            return;
        }
        Table table =
                new Table()
                        .column("key", Table.Align.LEFT)
                        .column("type", Table.Align.LEFT)
                        .column("value", Table.Align.LEFT);
        for (ModelFacts.Fact fact : facts.facts()) {
            table.row(fact.key(), fact.type(), shorten(text(fact.value())));
        }
        table.print(out);
        out.println();
    }

    private static String text(Object value) {
        return switch (value) {
            case String string -> string;
            case ModelFacts.LongArray array -> {
                String items = Json.write(array.first());
                yield items.substring(0, items.length() - 1) + ", …]";
            }
            default -> Json.write(value);
        };
    }

    /** One line of at most {@link #VALUE_CHARS_MAX}, without characters that move the cursor. */
    private static String shorten(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (line.length() >= VALUE_CHARS_MAX) {
                return line.append('…').toString();
            }
            char c = text.charAt(i);
            line.append(
                    c == '\n'
                            ? "\\n"
                            : Character.isISOControl(c) ? "\\u%04x".formatted((int) c) : c);
        }
        return line.toString();
    }

    private static void printFormats(ModelFile file, PrintWriter out) {
        Map<String, long[]> byFormat = new TreeMap<>();
        for (Tensor tensor : file.tensors()) {
            long[] sums = byFormat.computeIfAbsent(tensor.format().name(), name -> new long[3]);
            sums[0]++;
            sums[1] += tensor.shape().elements();
            sums[2] += tensor.bytes().byteSize();
        }
        Table table =
                new Table()
                        .column("format", Table.Align.LEFT)
                        .column("tensors", Table.Align.RIGHT)
                        .column("parameters", Table.Align.RIGHT)
                        .column("size", Table.Align.RIGHT);
        byFormat.forEach(
                (format, sums) ->
                        table.row(
                                format, sums[0], Units.parameters(sums[1]), Units.bytes(sums[2])));
        table.print(out);
        out.println();
    }

    private static void printTensors(ModelFile file, PrintWriter out) {
        boolean severalFiles =
                file.tensors().stream().map(InspectTables::fileOf).distinct().count() > 1;
        Table table =
                new Table()
                        .column("tensor", Table.Align.LEFT)
                        .column("format", Table.Align.LEFT)
                        .column("shape", Table.Align.LEFT)
                        .column("size", Table.Align.RIGHT)
                        .column("at byte", Table.Align.RIGHT);
        if (severalFiles) {
            table.column("file", Table.Align.LEFT);
        }
        for (Tensor tensor : file.tensors()) {
            List<Object> cells = new ArrayList<>();
            cells.add(shorten(tensor.name()));
            cells.add(tensor.format());
            cells.add(tensor.shape());
            cells.add(Units.bytes(tensor.bytes().byteSize()));
            cells.add(tensor.location().offsetBytes());
            if (severalFiles) {
                cells.add(fileOf(tensor).getFileName());
            }
            table.row(cells.toArray());
        }
        table.print(out);
    }

    private static Path fileOf(Tensor tensor) {
        return tensor.location().file();
    }

    /** Each tensor with figures of its values. */
    static void printValues(List<Tensor> tensors, PrintWriter out) {
        Table table =
                new Table()
                        .column("tensor", Table.Align.LEFT)
                        .column("format", Table.Align.LEFT)
                        .column("shape", Table.Align.LEFT)
                        .column("min", Table.Align.RIGHT)
                        .column("max", Table.Align.RIGHT)
                        .column("mean", Table.Align.RIGHT)
                        .column("rms", Table.Align.RIGHT)
                        .column("not finite", Table.Align.RIGHT)
                        .column("first values", Table.Align.LEFT);
        for (Tensor tensor : tensors) {
            TensorValues.Figures figures = TensorValues.Figures.of(tensor);
            table.row(
                    shorten(tensor.name()),
                    tensor.format(),
                    tensor.shape(),
                    number(figures.min()),
                    number(figures.max()),
                    number(figures.mean()),
                    number(figures.rms()),
                    figures.notFinite(),
                    firstValues(figures.first()));
        }
        table.print(out);
    }

    private static String firstValues(List<Float> values) {
        return values.stream().map(InspectTables::number).collect(Collectors.joining(" "));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.5g", value);
    }
}
