package dev.altiplano.bench;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.compute.KernelTier;
import dev.altiplano.engine.MeasureOptions;
import dev.altiplano.engine.MeasuredModel;
import dev.altiplano.engine.SyntheticShape;
import dev.altiplano.engine.Throughput;
import dev.altiplano.engine.Throughput.Workload;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench/tiers}: how much faster one tier of kernels is than another. */
@Command(
        name = "bench/tiers",
        mixinStandardHelpOptions = true,
        description = {
            "Times two tiers of kernels on the same weights in one process, sample by sample in turn, so that both",
            "see the machine in the same state. Prints medians and the ratios of neighbouring samples."
        })
final class Tiers implements Callable<Integer> {
    /** Two layers of a model of 1.1 billion weights. */
    private static final String SHAPE = "width=2048,layers=2,heads=32/8,ffn=8192,vocab=8000,type=";

    private static final Duration WARM_UP = Duration.ofMillis(2500);

    @Parameters(
            arity = "1..*",
            paramLabel = "FORMAT",
            description = "Of weights: Q4_0, Q6_K, F16, ...")
    private List<String> formats = List.of();

    @Option(
            names = "--tiers",
            split = ",",
            defaultValue = "avx2,vector",
            paramLabel = "TIER",
            description = "The two tiers (default: ${DEFAULT-VALUE}).")
    private List<String> tiers = List.of();

    @Option(names = "-t", defaultValue = "1", description = "Threads (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "-p",
            defaultValue = "128",
            description = "Prompt length (default: ${DEFAULT-VALUE}).")
    private int prompt;

    @Option(
            names = "-n",
            defaultValue = "16",
            description = "Answer length (default: ${DEFAULT-VALUE}).")
    private int generated;

    @Option(
            names = "-r",
            defaultValue = "20",
            description = "Samples of each (default: ${DEFAULT-VALUE}).")
    private int repetitions;

    @Spec private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Tiers()).execute(args));
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            if (tiers.size() != 2 || repetitions < 1) {
                throw new IllegalArgumentException(
                        "expected two --tiers and a repetition, found %s and %d"
                                .formatted(tiers, repetitions));
            }
            List<Workload> workloads =
                    List.of(Workload.prompt(prompt), Workload.generation(generated));
            out.printf(
                    "%-8s %-8s %10s %10s   ratio (middle half)%n",
                    "weights", "test", tiers.get(0), tiers.get(1));
            for (String format : formats) {
                SyntheticShape shape = SyntheticShape.parse(SHAPE + format);
                try (MeasuredModel first = model(shape, tiers.get(0));
                        MeasuredModel second = model(shape, tiers.get(1))) {
                    compare(format, first, second, workloads, out);
                }
            }
            return 0;
        } catch (IllegalArgumentException | AltiplanoException failure) {
            throw new ParameterException(
                    spec.commandLine(), String.valueOf(failure.getMessage()), failure);
        }
    }

    private MeasuredModel model(SyntheticShape shape, String tier) {
        MeasureOptions options =
                MeasureOptions.defaults().withTier(KernelTier.parse(tier)).withThreads(threads);
        return MeasuredModel.synthetic(shape, options);
    }

    /** All is compiled for all workloads before the first sample. */
    private void compare(
            String format,
            MeasuredModel first,
            MeasuredModel second,
            List<Workload> workloads,
            PrintWriter out) {
        for (MeasuredModel model : List.of(first, second)) {
            for (Workload workload : workloads) {
                new Throughput(model, WARM_UP).measure(workload, 1, done -> {});
            }
        }
        Throughput one = new Throughput(first, Duration.ZERO);
        Throughput other = new Throughput(second, Duration.ZERO);
        for (Workload workload : workloads) {
            double[] fast = new double[repetitions];
            double[] slow = new double[repetitions];
            double[] ratios = new double[repetitions];
            for (int i = 0; i < repetitions; i++) {
                fast[i] = one.measure(workload, 1, done -> {}).meanTokensPerSecond();
                slow[i] = other.measure(workload, 1, done -> {}).meanTokensPerSecond();
                ratios[i] = fast[i] / slow[i];
            }
            out.printf(
                    "%-8s %-8s %10.1f %10.1f   %.2f (%.2f-%.2f)%n",
                    format,
                    workload,
                    quantile(fast, 0.5),
                    quantile(slow, 0.5),
                    quantile(ratios, 0.5),
                    quantile(ratios, 0.25),
                    quantile(ratios, 0.75));
            out.flush();
        }
    }

    private static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
