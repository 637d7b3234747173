package dev.altiplano.cli;

import dev.altiplano.cli.text.Table;
import dev.altiplano.engine.MeasuredModel;
import dev.altiplano.engine.Throughput.Result;
import dev.altiplano.engine.Throughput.Workload;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The results of {@code altiplano bench}, for people or with llama-bench's names for programs. */
final class BenchReport {
    private record Entry(Result result, Instant time) {}

    private final MeasuredModel model;
    private final List<Entry> entries = new ArrayList<>();

    BenchReport(MeasuredModel model) {
        this.model = model;
    }

    void add(Result result) {
        entries.add(new Entry(result, Instant.now().truncatedTo(ChronoUnit.SECONDS)));
    }

    void printTable(PrintWriter out) {
        Table table =
                new Table()
                        .column("model", Table.Align.LEFT)
                        .column("size", Table.Align.RIGHT)
                        .column("params", Table.Align.RIGHT)
                        .column("kernels", Table.Align.LEFT)
                        .column("threads", Table.Align.RIGHT)
                        .column("test", Table.Align.RIGHT)
                        .column("t/s", Table.Align.RIGHT)
                        .column("read GB/s", Table.Align.RIGHT);
        for (Entry entry : entries) {
            Result result = entry.result();
            table.row(
                    model.type(),
                    Units.bytes(model.sizeBytes()),
                    Units.parameters(model.parameters()),
                    model.tier(),
                    model.threads(),
                    result.workload(),
                    String.format(
                            Locale.ROOT,
                            "%.2f ± %.2f",
                            result.meanTokensPerSecond(),
                            result.deviationTokensPerSecond()),
                    String.format(Locale.ROOT, "%.2f", result.readGigabytesPerSecond()));
        }
        table.print(out);
    }

    ArrayNode toJson() {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        for (Entry entry : entries) {
            describeModel(array.addObject(), entry);
        }
        return array;
    }

    private void describeModel(ObjectNode object, Entry entry) {
        object.put("build_commit", Version.ofThisBuild())
                .put("cpu_info", Examination.processorName())
                .put("gpu_info", "")
                .put("backends", "CPU")
                .put("model_filename", model.name())
                .put("model_type", model.type())
                .put("model_size", model.sizeBytes())
                .put("model_n_params", model.parameters())
                .put("n_batch", model.batchTokens())
                .put("n_ubatch", model.batchTokens())
                .put("n_threads", model.threads())
                .put("type_k", "f32")
                .put("type_v", "f32")
                .put("kernel_tier", model.tier().toString());
        describeResult(object, entry.result(), entry.time());
    }

    private static void describeResult(ObjectNode object, Result result, Instant time) {
        Workload workload = result.workload();
        boolean reads = workload.kind() == Workload.Kind.PROMPT;
        object.put("n_prompt", reads ? workload.tokens() : 0)
                .put("n_gen", reads ? 0 : workload.tokens())
                .put("n_depth", 0)
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
