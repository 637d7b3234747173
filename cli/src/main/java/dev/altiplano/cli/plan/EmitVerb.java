package dev.altiplano.cli.plan;

import dev.altiplano.planner.LaunchFiles;
import dev.altiplano.planner.Plan;
import dev.altiplano.planner.emit.Engine;
import dev.altiplano.planner.fleet.Inventory;
import dev.altiplano.planner.fleet.InventoryCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plan emit}: the files that start the run. */
@Command(
        name = "emit",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the plan for torchtitan, Slurm or Kubernetes.",
            "Into the folder of --out, or to standard output. jobset and kueue are one file."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan emit plan.yaml --engine torchtitan-toml,slurm --out run",
            "  altiplano plan emit plan.yaml --engine slurm > run.sbatch",
        })
final class EmitVerb extends PlanFileVerb {
    private static final int CPUS_MAX = 65_536;
    private static final int RESTARTS_MAX = 1_000_000;

    @Option(
            names = {"--engine", "--for"},
            required = true,
            split = ",",
            paramLabel = "ENGINE",
            completionCandidates = EngineCandidates.class,
            description =
                    "torchtitan-toml, torchtitan-py, slurm, jobset or kueue; several by commas.")
    private List<String> engines = List.of();

    @Option(names = "--partition", paramLabel = "NAME", description = "Of Slurm; train.")
    private String partition = "train";

    @Option(names = "--queue", paramLabel = "NAME", description = "Of Kueue; training.")
    private String queue = "training";

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "With the engine and its configuration; torchtitan:v0.2.2.")
    private String image = "torchtitan:v0.2.2";

    @Option(names = "--cpus", paramLabel = "N", description = "CPUs of a node; 96.")
    private int cpus = 96;

    @Option(
            names = "--restarts",
            paramLabel = "N",
            description =
                    "Before the job gives up; by default as many stops as are expected, twice.")
    private Optional<Integer> restarts = Optional.empty();

    /** A layout is looked for that the training engine can run. */
    @Override
    List<String> implied() {
        return engines.stream()
                .map(name -> Engine.named(name.strip()))
                .filter(Engine::hasRule)
                .map(engine -> "search.engine=" + engine.label())
                .limit(1)
                .toList();
    }

    @Override
    Answer answer() {
        if (cpus < 1 || cpus > CPUS_MAX) {
            throw usage("--cpus: expected 1 to %d, found %d".formatted(CPUS_MAX, cpus));
        }
        int given = restarts.orElse(0);
        if (given < 0 || given > RESTARTS_MAX) {
            throw usage("--restarts: expected 0 to %d, found %d".formatted(RESTARTS_MAX, given));
        }
        Set<Engine> chosen = new LinkedHashSet<>();
        engines.forEach(name -> chosen.add(Engine.named(name.strip())));
        Plan plan = plan();
        List<String> excluded =
                plan.input()
                        .cluster()
                        .inventory()
                        .map(InventoryCsv::read)
                        .map(Inventory::excluded)
                        .orElse(List.of());
        LaunchFiles files =
                new LaunchFiles(
                        partition,
                        queue,
                        image,
                        cpus,
                        restarts.orElseGet(() -> expectedStops(plan)),
                        excluded);
        Answer answer =
                about(plan, "Launch files")
                        .fact("layout", "layout", LayoutText.of(Chosen.layout(plan).layout()))
                        .fact("excluded", "nodes left out", excluded.size());
        List<String> names = new ArrayList<>();
        for (Engine engine : chosen) {
            answer.text(engine.fileName(), engine.emit(files.of(plan, engine)));
            names.add(engine.fileName());
        }
        return answer.fact("names", "files", names);
    }

    private static int expectedStops(Plan plan) {
        double hours = 24 * plan.failures().trainingDays().value().likely();
        double stops = plan.failures().stopsPerHour().likelyPerHour() * hours;
        return (int) Math.clamp(Math.ceil(2 * stops), 1, 1_000_000);
    }

    /** To standard output a person gets the files as they are, ready for a pipe. */
    @Override
    void print(Answer answer) {
        if (!isForPeople() || outFolder() != null) {
            super.print(answer);
            if (!isForPeople() && !isJson()) {
                answer.texts().forEach(this::printMarkdown);
            }
            return;
        }
        for (Answer.Text file : answer.texts()) {
            if (answer.texts().size() > 1) {
                stdout().println("# ---- " + file.name() + " ----");
            }
            stdout().print(file.content());
        }
        stdout().flush();
    }

    private void printMarkdown(Answer.Text file) {
        stdout().printf("%n### %s%n%n```%n%s```%n", file.name(), file.content());
        stdout().flush();
    }

    @Override
    void write(Answer answer, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Answer.Text file : answer.texts()) {
            place(folder.resolve(file.name()), file.content());
        }
    }
}
