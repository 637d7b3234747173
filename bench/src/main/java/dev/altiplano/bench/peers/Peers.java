package dev.altiplano.bench.peers;

import dev.altiplano.compute.AltiplanoException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench/peers/run}: Altiplano and other engines on the same models, in turn. */
@Command(
        name = "bench/peers/run",
        mixinStandardHelpOptions = true,
        description = {
            "Times Altiplano and other engines on the same models in one run, one repetition of each",
            "in turn, and measures what the machine can do at most."
        })
final class Peers implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "MODEL", description = "GGUF files.")
    private List<Path> models = List.of();

    @Option(
            names = "--synthetic",
            paramLabel = "SHAPE",
            description =
                    "A shape for 'altiplano bench --synthetic': only Altiplano runs it. May be repeated.")
    private List<String> shapes = List.of();

    @Option(
            names = "--peer",
            paramLabel = "NAME=COMMAND",
            description =
                    "A llama-bench with its flags: --peer \"llama.cpp=/opt/llama-bench -fa 1\". May be repeated.")
    private List<String> peers = List.of();

    @Option(
            names = "--ours",
            paramLabel = "COMMAND",
            description =
                    "The launcher and flags for its bench (default: that of this repository).")
    private @Nullable String ours;

    @Option(
            names = "-t",
            split = ",",
            paramLabel = "THREADS",
            description = "Numbers of threads (default: 1 and one per core).")
    private List<Integer> threads = List.of();

    @Option(
            names = "-p",
            split = ",",
            defaultValue = "512",
            paramLabel = "TOKENS",
            description = "Prompts, 0 for none (default: ${DEFAULT-VALUE}).")
    private List<Integer> prompts = List.of();

    @Option(
            names = "-n",
            split = ",",
            defaultValue = "32",
            paramLabel = "TOKENS",
            description = "Answers, 0 for none (default: ${DEFAULT-VALUE}).")
    private List<Integer> answers = List.of();

    @Option(
            names = "-d",
            split = ",",
            defaultValue = "0",
            paramLabel = "TOKENS",
            description = "Tokens in the KV cache before (default: none).")
    private List<Integer> depths = List.of();

    @Option(
            names = "-r",
            defaultValue = "5",
            paramLabel = "ROUNDS",
            description = "Repetitions of each engine (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--timeout",
            defaultValue = "900",
            paramLabel = "SECONDS",
            description = "The most for one process (default: ${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Where every repetition is written.")
    private @Nullable Path json;

    @Option(
            names = "--docs",
            paramLabel = "PAGE",
            description =
                    "The page whose section of this processor is written, with a picture beside it.")
    private @Nullable Path docs;

    @Option(
            names = "--note",
            defaultValue = "",
            paramLabel = "TEXT",
            description = "A sentence for the page: how the machine was kept quiet, which commit.")
    private String note = "";

    @Spec private CommandSpec spec;

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        CommandLine command =
                new CommandLine(new Peers())
                        .setOut(out)
                        .setExecutionExceptionHandler(
                                (failure, line, result) -> {
                                    if (failure instanceof AltiplanoException) {
                                        line.getErr().println(failure.getMessage());
                                        return CommandLine.ExitCode.USAGE;
                                    }
                                    throw failure;
                                });
        System.exit(command.execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Plan plan = plan();
        PrintWriter err = spec.commandLine().getErr();
        int most = plan.threads().stream().mapToInt(Integer::intValue).max().orElseThrow();
        Optional<Ceilings> ceilings = Ceilings.measure(most);
        spec.commandLine()
                .getOut()
                .println(ceilings.map(Ceilings::table).orElse("No machine code: no ceilings.\n"));
        Results results = new Race(plan, err).run();
        Report report =
                new Report(
                        Processor.ofThisMachine(),
                        LocalDate.now(ZoneId.systemDefault()),
                        note,
                        plan,
                        results,
                        ceilings);
        write(report);
        return results.failures().isEmpty() ? 0 : 1;
    }

    private void write(Report report) throws IOException {
        spec.commandLine().getOut().println(report.table());
        if (json != null) {
            Files.writeString(json, report.json());
        }
        if (docs != null) {
            PerformancePage page = new PerformancePage(docs);
            report.picture().ifPresent(svg -> page.putPicture(report.pictureName(), svg));
            page.put(report.processor().slug(), report.section());
        }
    }

    private Plan plan() {
        List<Subject> subjects = new ArrayList<>();
        models.forEach(path -> subjects.add(Subject.File.of(path)));
        shapes.forEach(shape -> subjects.add(new Subject.Synthetic(shape)));
        Plan.Lengths lengths =
                new Plan.Lengths(positive("-p", prompts), positive("-n", answers), depths);
        if (subjects.isEmpty() || (lengths.prompts().isEmpty() && lengths.answers().isEmpty())) {
            throw usage("expected a MODEL or --synthetic, and -p or -n above 0");
        }
        if (rounds < 1 || timeoutSeconds < 1) {
            throw usage("expected -r and --timeout of at least 1");
        }
        return new Plan(
                subjects,
                contenders(),
                threadCounts(),
                lengths,
                rounds,
                Duration.ofSeconds(timeoutSeconds));
    }

    private List<Integer> threadCounts() {
        if (!threads.isEmpty()) {
            if (threads.stream().anyMatch(count -> count < 1)) {
                throw usage("-t: expected 1 or more threads");
            }
            return threads;
        }
        int cores = Runtime.getRuntime().availableProcessors();
        return cores == 1 ? List.of(1) : List.of(1, cores);
    }

    /** Those above 0, which stands for none. */
    private List<Integer> positive(String option, List<Integer> lengths) {
        if (lengths.stream().anyMatch(tokens -> tokens < 0)) {
            throw usage(option + ": expected 0 or more tokens");
        }
        return lengths.stream().filter(tokens -> tokens > 0).toList();
    }

    private List<Contender> contenders() {
        List<String> launcher =
                ours == null
                        ? List.of(System.getProperty("altiplano.launcher", "./altiplano"))
                        : List.of(ours.strip().split("\\s+", -1));
        List<Contender> contenders = new ArrayList<>();
        contenders.add(new Contender.Ours(launcher));
        try {
            peers.forEach(peer -> contenders.add(Contender.Peer.parse(peer)));
        } catch (IllegalArgumentException failure) {
            throw usage(String.valueOf(failure.getMessage()));
        }
        return contenders;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
