package dev.altiplano.cli;

import dev.altiplano.cli.text.Table;
import dev.altiplano.model.convert.FileType;
import dev.altiplano.model.convert.QuantizeReport;
import dev.altiplano.model.convert.QuantizeReport.TensorReport;
import dev.altiplano.model.convert.Quantizer;
import dev.altiplano.model.file.GgufFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code altiplano quantize}: a GGUF file with fewer bits for each weight. */
@Command(
        name = "quantize",
        mixinStandardHelpOptions = true,
        description = "Writes a GGUF file in another type and reports the error of each tensor.",
        footerHeading = "%nTypes, from large to small:%n",
        footer = {
            "  F32 F16 BF16                 floating point; BF16 has the range of F32",
            "  Q8_0                         8.5 bits for each weight, next to no loss",
            "  Q6_K Q5_K_M Q5_K_S Q5_1 Q5_0 6.6 to 5.5 bits",
            "  Q4_K_M Q4_K_S Q4_1 Q4_0      5 to 4.5 bits; Q4_K_M is the usual choice",
            "  MXFP4_MOE                    experts in 4.25 bits, the rest in Q8_0",
            "  TQ2_0 TQ1_0                  for models trained with weights of three values",
            "",
            "Examples:",
            "  altiplano quantize model-bf16.gguf model-q4.gguf Q4_K_M",
            "  altiplano quantize model-00001-of-00003.gguf model-q8.gguf Q8_0 --json"
        })
final class QuantizeCommand implements Runnable {
    private static final int THREADS_MAX = 256;

    @Parameters(paramLabel = "IN", description = "GGUF file, or the first file of a split model.")
    private Path input;

    @Parameters(paramLabel = "OUT", description = "The file to write.")
    private Path output;

    @Parameters(paramLabel = "TYPE", description = "What to quantise to; see below.")
    private String type;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many processors to use; all of them unless given.")
    private int threads = Math.min(THREADS_MAX, Runtime.getRuntime().availableProcessors());

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        if (threads < 1 || threads > THREADS_MAX) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--threads: expected 1 to %d, found %d".formatted(THREADS_MAX, threads));
        }
        FileType fileType = FileType.of(type);
        PrintWriter out = spec.commandLine().getOut();
        try (GgufFile source = GgufFile.open(input)) {
            QuantizeReport report = quantize(source, fileType);
            if (json) {
                out.println(toJson(report).toPrettyString());
            } else {
                print(report, out);
            }
            out.flush();
        }
    }

    private QuantizeReport quantize(GgufFile source, FileType fileType) {
        long totalBytes =
                source.tensors().stream().mapToLong(tensor -> tensor.bytes().byteSize()).sum();
        PrintWriter err = spec.commandLine().getErr();
        try (ProgressBar bar = new ProgressBar(err, fileType.name(), 0, totalBytes, Units::bytes)) {
            return new Quantizer(fileType, threads, (done, total) -> bar.update(done))
                    .quantize(source, output);
        }
    }

    private static void print(QuantizeReport report, PrintWriter out) {
        Table table =
                new Table()
                        .column("tensor", Table.Align.LEFT)
                        .column("shape", Table.Align.LEFT)
                        .column("from", Table.Align.LEFT)
                        .column("to", Table.Align.LEFT)
                        .column("size", Table.Align.RIGHT)
                        .column("RMS error", Table.Align.RIGHT)
                        .column("of RMS", Table.Align.RIGHT);
        int copied = 0;
        Map<String, Integer> notes = new TreeMap<>();
        for (TensorReport tensor : report.tensors()) {
            if (tensor.from() == tensor.to()) {
                copied++;
            } else {
                table.row(
                        tensor.name(),
                        tensor.shape(),
                        tensor.from(),
                        tensor.to(),
                        Units.bytes(tensor.outputBytes()),
                        String.format(Locale.ROOT, "%.6f", tensor.rmse()),
                        String.format(Locale.ROOT, "%.2f %%", 100 * tensor.relativeRmse()));
            }
            if (!tensor.note().isEmpty()) {
                notes.merge(tensor.note() + "; " + tensor.to() + " stands in", 1, Integer::sum);
            }
        }
        if (copied < report.tensors().size()) {
            table.print(out);
            out.println();
        }
        notes.forEach((note, count) -> out.printf("%s: %s%n", tensors(count), note));
        if (copied > 0) {
            out.printf("%s: as they were%n", tensors(copied));
        }
        out.printf(
                Locale.ROOT,
                "%s: %s → %s, %.2f bits for each weight%n",
                report.type(),
                Units.bytes(report.inputBytes()),
                Units.bytes(report.outputBytes()),
                report.bitsPerWeight());
        warnOfSecondLoss(report, out);
    }

    private static String tensors(int count) {
        return count == 1 ? "1 tensor" : count + " tensors";
    }

    /** Errors are measured against the input: what that had lost before does not show. */
    private static void warnOfSecondLoss(QuantizeReport report, PrintWriter out) {
        String formats =
                report.tensors().stream()
                        .filter(tensor -> tensor.from() != tensor.to())
                        .filter(tensor -> tensor.from().blockWeights() > 1)
                        .map(tensor -> tensor.from().name())
                        .distinct()
                        .collect(Collectors.joining(", "));
        if (!formats.isEmpty()) {
            out.printf(
                    "The input is quantised already (%s): its own errors come on top. Start from"
                            + " BF16 or F16 where you can.%n",
                    formats);
        }
    }

    private ObjectNode toJson(QuantizeReport report) {
        ObjectNode json =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("input", input.toString())
                        .put("output", output.toString())
                        .put("type", report.type().name())
                        .put("input_bytes", report.inputBytes())
                        .put("output_bytes", report.outputBytes())
                        .put("bits_per_weight", report.bitsPerWeight());
        ArrayNode tensors = json.putArray("tensors");
        for (TensorReport tensor : report.tensors()) {
            ObjectNode node =
                    tensors.addObject()
                            .put("name", tensor.name())
                            .put("from", tensor.from().name())
                            .put("to", tensor.to().name())
                            .put("output_bytes", tensor.outputBytes())
                            .put("rmse", tensor.rmse())
                            .put("relative_rmse", tensor.relativeRmse())
                            .put("note", tensor.note());
            ArrayNode shape = node.putArray("shape");
            for (long dimension : tensor.shape().toArray()) {
                shape.add(dimension);
            }
        }
        return json;
    }
}
