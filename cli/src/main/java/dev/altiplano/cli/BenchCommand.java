package dev.altiplano.cli;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.compute.KernelTier;
import dev.altiplano.engine.MeasureOptions;
import dev.altiplano.engine.MeasuredModel;
import dev.altiplano.engine.SyntheticShape;
import dev.altiplano.engine.Throughput;
import dev.altiplano.engine.Throughput.Workload;
import dev.altiplano.model.LlamaModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code altiplano bench}: tokens a second of one model on this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how fast a model reads prompts (pp) and writes answers (tg).",
            "Names and figures are those of llama-bench, so that they can be compared."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano bench smollm2",
            "  altiplano bench model.gguf -p 512,2048 -n 0 -t 8 -r 10 --json",
            "  altiplano bench --synthetic width=2048,layers=16,heads=32/8,ffn=8192,vocab=32000,type=Q4_0"
        })
final class BenchCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL",
            description = "A model by name or path: a GGUF file or a safetensors folder.")
    private @Nullable String model;

    @Option(
            names = "--synthetic",
            paramLabel = "SHAPE",
            description = {
                "Measures random weights of any shape, without a file:",
                "width=,layers=,heads=QUERY/KV,ffn=,vocab=,type=[,experts=]"
            })
    private @Nullable String synthetic;

    @Option(
            names = {"-p", "--n-prompt"},
            split = ",",
            defaultValue = "512",
            paramLabel = "TOKENS",
            description = "Prompt lengths, 0 for none (default: ${DEFAULT-VALUE}).")
    private List<Integer> prompts = List.of();

    @Option(
            names = {"-n", "--n-gen"},
            split = ",",
            defaultValue = "128",
            paramLabel = "TOKENS",
            description = "Answer lengths, 0 for none (default: ${DEFAULT-VALUE}).")
    private List<Integer> generations = List.of();

    @Option(
            names = {"-t", "--threads"},
            paramLabel = "THREADS",
            description = "Threads that compute (default: one per core).")
    private @Nullable Integer threads;

    @Option(
            names = {"-b", "--batch"},
            defaultValue = "" + MeasureOptions.BATCH_TOKENS_DEFAULT,
            paramLabel = "TOKENS",
            description = "The most tokens of one forward pass (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = {"-r", "--repetitions"},
            defaultValue = "5",
            paramLabel = "TIMES",
            description = "Samples of each test (default: ${DEFAULT-VALUE}).")
    private int repetitions;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "How long each test runs unmeasured first (default: 2).")
    private @Nullable Integer warmUpSeconds;

    @Option(names = "--tier", paramLabel = "TIER", description = "Kernels: scalar or vector.")
    private @Nullable String tier;

    @Option(names = "--json", description = "For programs: an array with llama-bench's names.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        List<Workload> workloads = workloads();
        MeasureOptions options = options();
        if ((model == null) == (synthetic == null)) {
            throw usage("expected one of MODEL or --synthetic");
        }
        PrintWriter err = spec.commandLine().getErr();
        if (model == null) {
            SyntheticShape shape = SyntheticShape.parse(String.valueOf(synthetic));
            requireMemory(shape);
            try (MeasuredModel measured = MeasuredModel.synthetic(shape, options)) {
                measure(measured, workloads);
            }
        } else {
            Path path = Models.resolve(model, err);
            try (LlamaModel llama = LlamaModel.open(path);
                    MeasuredModel measured = MeasuredModel.of(llama, options)) {
                measure(measured, workloads);
            }
        }
        return 0;
    }

    /** Weights that do not fit would end the process without a word. */
    private static void requireMemory(SyntheticShape shape) {
        double neededBytes = shape.sizeBytes();
        long freeBytes = Examination.freeBytes();
        if (neededBytes > freeBytes) {
            throw new AltiplanoException(
                    "synthetic model: expected at most the %s of free memory, found a shape of %s. Make it smaller."
                            .formatted(Units.bytes(freeBytes), Units.bytes((long) neededBytes)));
        }
    }

    private List<Workload> workloads() {
        List<Workload> workloads = new ArrayList<>();
        for (int tokens : checked("-p", prompts)) {
            workloads.add(Workload.prompt(tokens));
        }
        for (int tokens : checked("-n", generations)) {
            workloads.add(Workload.generation(tokens));
        }
        if (workloads.isEmpty()) {
            throw usage("expected something to measure: -p or -n above 0");
        }
        return workloads;
    }

    /** Those above 0, which stands for none. */
    private List<Integer> checked(String option, List<Integer> lengths) {
        for (int tokens : lengths) {
            if (tokens < 0) {
                throw usage(option + ": expected 0 or more tokens, found " + tokens);
            }
        }
        return lengths.stream().filter(tokens -> tokens > 0).toList();
    }

    private MeasureOptions options() {
        if (repetitions < 1) {
            throw usage("-r: expected 1 or more repetitions, found " + repetitions);
        }
        try {
            MeasureOptions options = MeasureOptions.defaults().withBatchTokens(batch);
            options = threads == null ? options : options.withThreads(threads);
            return tier == null ? options : options.withTier(KernelTier.parse(tier));
        } catch (IllegalArgumentException failure) {
            throw usage(String.valueOf(failure.getMessage()));
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void measure(MeasuredModel measured, List<Workload> workloads) {
        Duration warmUp =
                warmUpSeconds == null
                        ? Throughput.WARM_UP_DEFAULT
                        : Duration.ofSeconds(warmUpSeconds);
        Throughput throughput = new Throughput(measured, warmUp);
        BenchReport report = new BenchReport(measured);
        PrintWriter err = spec.commandLine().getErr();
        for (Workload workload : workloads) {
            try (ProgressBar bar =
                    new ProgressBar(err, workload.toString(), 0, repetitions, Long::toString)) {
                report.add(throughput.measure(workload, repetitions, bar::update));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(report.toJson().toPrettyString());
        } else {
            report.printTable(out);
        }
        out.flush();
    }
}
