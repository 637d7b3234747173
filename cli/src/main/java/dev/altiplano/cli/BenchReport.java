package dev.altiplano.cli;

import dev.altiplano.cli.text.Table;
import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.quant.KvType;
import dev.altiplano.engine.MeasuredModel;
import dev.altiplano.engine.Throughput.Result;
import dev.altiplano.engine.Throughput.Workload;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The results of {@code altiplano bench}, for people or with llama-bench's names for programs. */
final class BenchReport {
    /** How it is written; all but the table as llama-bench writes it. */
    enum Format {
        TABLE,
        MD,
        JSON,
        JSONL,
        CSV
    }

    private final List<Entry> entries = new ArrayList<>();

    /** One test of one model with one number of threads. */
    private record Entry(
            String filename,
            String type,
            long sizeBytes,
            long parameters,
            int batchTokens,
            int threads,
            KernelTier tier,
            KvType kvType,
            Result result,
            Instant time) {}

    void add(MeasuredModel model, Result result) {
        entries.add(
                new Entry(
                        model.name(),
                        model.type(),
                        model.sizeBytes(),
                        model.parameters(),
                        model.batchTokens(),
                        model.threads(),
                        model.tier(),
                        model.kvType(),
                        result,
                        Instant.now().truncatedTo(ChronoUnit.SECONDS)));
    }

    void print(Format format, PrintWriter out) {
        switch (format) {
            case TABLE -> table().print(out);
            case MD -> table().printMarkdown(out);
            case JSON -> out.println(json().toPrettyString());
            case JSONL -> json().forEach(out::println);
            case CSV -> printCsv(out);
        }
        out.flush();
    }

    private Table table() {
        Table table =
                new Table()
                        .column("model", Table.Align.LEFT)
                        .column("size", Table.Align.RIGHT)
                        .column("params", Table.Align.RIGHT)
                        .column("kernels", Table.Align.LEFT)
                        .column("kv", Table.Align.LEFT)
                        .column("threads", Table.Align.RIGHT)
                        .column("test", Table.Align.RIGHT)
                        .column("t/s", Table.Align.RIGHT)
                        .column("read GB/s", Table.Align.RIGHT);
        for (Entry entry : entries) {
            Result result = entry.result();
            table.row(
                    entry.type(),
                    Units.bytes(entry.sizeBytes()),
                    Units.parameters(entry.parameters()),
                    entry.tier(),
                    entry.kvType(),
                    entry.threads(),
                    result.workload(),
                    String.format(
                            Locale.ROOT,
                            "%.2f ± %.2f",
                            result.meanTokensPerSecond(),
                            result.deviationTokensPerSecond()),
                    String.format(Locale.ROOT, "%.2f", result.readGigabytesPerSecond()));
        }
        return table;
    }

    private ArrayNode json() {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        for (Entry entry : entries) {
            ObjectNode object = array.addObject();
            describeModel(object, entry);
            describeResult(object, entry.result(), entry.time());
        }
        return array;
    }

    /** Every value in quotes; without the samples, which are lists. */
    private void printCsv(PrintWriter out) {
        boolean first = true;
        for (JsonNode entry : json()) {
            List<String> names =
                    entry.propertyNames().stream()
                            .filter(name -> entry.get(name).isValueNode())
                            .toList();
            if (first) {
                out.println(String.join(",", names));
                first = false;
            }
            out.println(
                    names.stream()
                            .map(name -> entry.get(name).asString().replace("\"", "\"\""))
                            .map(value -> '"' + value + '"')
                            .collect(Collectors.joining(",")));
        }
    }

    private static void describeModel(ObjectNode object, Entry entry) {
        object.put("build_commit", Version.ofThisBuild())
                .put("cpu_info", Examination.processorName())
                .put("gpu_info", "")
                .put("backends", "CPU")
                .put("model_filename", entry.filename())
                .put("model_type", entry.type())
                .put("model_size", entry.sizeBytes())
                .put("model_n_params", entry.parameters())
                .put("n_batch", entry.batchTokens())
                .put("n_ubatch", entry.batchTokens())
                .put("n_threads", entry.threads())
                .put("type_k", entry.kvType().toString())
                .put("type_v", entry.kvType().toString())
                .put("kernel_tier", entry.tier().toString());
    }

    private static void describeResult(ObjectNode object, Result result, Instant time) {
        Workload workload = result.workload();
        object.put("n_prompt", workload.prompt())
                .put("n_gen", workload.generated())
                .put("n_depth", workload.depth())
                .put("test_time", time.toString())
                .put("avg_ns", Math.round(result.meanNanos()))
                .put("stddev_ns", Math.round(result.deviationNanos()))
                .put("avg_ts", result.meanTokensPerSecond())
                .put("stddev_ts", result.deviationTokensPerSecond())
                .put("read_gb_per_s", result.readGigabytesPerSecond());
        ArrayNode nanos = object.putArray("samples_ns");
        result.samplesNanos().forEach(nanos::add);
        ArrayNode rates = object.putArray("samples_ts");
        for (double rate : result.tokensPerSecond()) {
            rates.add(rate);
        }
    }
}
