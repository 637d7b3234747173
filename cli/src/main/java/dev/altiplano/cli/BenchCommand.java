package dev.altiplano.cli;

import dev.altiplano.compute.AltiplanoException;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "  altiplano bench model.gguf -p 512,2048 -n 0 -t 4,8 -r 10 --json",
            "  altiplano bench model.gguf -pg 512,128 -d 0,4096 -o md",
            "  altiplano bench --synthetic width=2048,layers=16,heads=32/8,ffn=8192,vocab=32000,type=Q4_0"
        })
final class BenchCommand implements Callable<Integer> {
    private static final Pattern PAIR = Pattern.compile("([0-9]{1,8}),([0-9]{1,8})");

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
            names = "-pg",
            paramLabel = "READ,WRITTEN",
            description = "A prompt and its answer timed together; may be repeated.")
    private List<String> both = List.of();

    @Option(
            names = {"-d", "--n-depth"},
            split = ",",
            defaultValue = "0",
            paramLabel = "TOKENS",
            description = "Tokens in the KV cache before each test (default: ${DEFAULT-VALUE}).")
    private List<Integer> depths = List.of();

    @Option(
            names = {"-t", "--threads"},
            split = ",",
            paramLabel = "THREADS",
            description = "Threads that compute (default: one per core).")
    private List<Integer> threads = List.of();

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

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, or as llama-bench writes them: md, json, jsonl, csv.")
    private BenchReport.Format format = BenchReport.Format.TABLE;

    @Option(names = "--json", description = "As -o json: an array with llama-bench's names.")
    private boolean json;

    @Mixin private KernelFlags kernelFlags;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        List<Workload> workloads = workloads();
        List<MeasureOptions> runs = options();
        if ((model == null) == (synthetic == null)) {
            throw usage("expected one of MODEL or --synthetic");
        }
        BenchReport report = new BenchReport();
        if (model == null) {
            SyntheticShape shape = SyntheticShape.parse(String.valueOf(synthetic));
            requireMemory(shape);
            for (MeasureOptions options : runs) {
                try (MeasuredModel measured = MeasuredModel.synthetic(shape, options)) {
                    measure(measured, workloads, report);
                }
            }
        } else {
            Path path = Models.resolve(model, spec.commandLine().getErr());
            try (LlamaModel llama = LlamaModel.open(path)) {
                for (MeasureOptions options : runs) {
                    try (MeasuredModel measured = MeasuredModel.of(llama, options)) {
                        measure(measured, workloads, report);
                    }
                }
            }
        }
        report.print(json ? BenchReport.Format.JSON : format, spec.commandLine().getOut());
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

    /** In llama-bench's order: for each depth the prompts, the answers, then both together. */
    private List<Workload> workloads() {
        List<Workload> tests = new ArrayList<>();
        prompts.forEach(tokens -> addTo(tests, "-p", tokens, 0));
        generations.forEach(tokens -> addTo(tests, "-n", 0, tokens));
        for (String pair : both) {
            Matcher numbers = PAIR.matcher(pair);
            if (!numbers.matches()) {
                throw usage("-pg: expected two numbers such as 512,128, found '" + pair + "'");
            }
            addTo(
                    tests,
                    "-pg",
                    Integer.parseInt(numbers.group(1)),
                    Integer.parseInt(numbers.group(2)));
        }
        if (tests.isEmpty()) {
            throw usage("expected something to measure: -p, -n or -pg above 0");
        }
        try {
            return depths.stream()
                    .flatMap(depth -> tests.stream().map(test -> test.withDepth(depth)))
                    .toList();
        } catch (IllegalArgumentException failure) {
            throw usage("-d: " + failure.getMessage());
        }
    }

    /** Zeros stand for no test. */
    private void addTo(List<Workload> tests, String option, int prompt, int generated) {
        if (prompt == 0 && generated == 0) {
            return;
        }
        try {
            tests.add(new Workload(prompt, generated, 0));
        } catch (IllegalArgumentException failure) {
            throw usage(option + ": " + failure.getMessage());
        }
    }

    /** One for each number of threads. */
    private List<MeasureOptions> options() {
        if (repetitions < 1) {
            throw usage("-r: expected 1 or more repetitions, found " + repetitions);
        }
        try {
            MeasureOptions options =
                    kernelFlags.applyTo(MeasureOptions.defaults()).withBatchTokens(batch);
            return threads.isEmpty()
                    ? List.of(options)
                    : threads.stream().map(options::withThreads).toList();
        } catch (IllegalArgumentException failure) {
            throw usage(String.valueOf(failure.getMessage()));
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void measure(MeasuredModel measured, List<Workload> workloads, BenchReport report) {
        Duration warmUp =
                warmUpSeconds == null
                        ? Throughput.WARM_UP_DEFAULT
                        : Duration.ofSeconds(warmUpSeconds);
        Throughput throughput = new Throughput(measured, warmUp);
        PrintWriter err = spec.commandLine().getErr();
        for (Workload workload : workloads) {
            try (ProgressBar bar =
                    new ProgressBar(err, workload.toString(), 0, repetitions, Long::toString)) {
                report.add(measured, throughput.measure(workload, repetitions, bar::update));
            }
        }
    }
}
