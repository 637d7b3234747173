package dev.altiplano.cli.plan;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.Planner;
import dev.altiplano.planner.RunGrid;
import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.input.PlanReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A verb that answers for one plan: a file, {@code --set} alone, or both. */
abstract class PlanFileVerb extends PlanVerb {
    @Parameters(
            arity = "0..1",
            paramLabel = "plan.yaml",
            description = "A plan, YAML or JSON. Without one, --set gives all of it.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            completionCandidates = SettingCandidates.class,
            description = "Puts a value in the place of the file's, as cluster.gpus=16384.")
    private List<String> settings = List.of();

    @Option(names = "--seed", paramLabel = "N", description = "Of all random draws.")
    private @Nullable Long seed;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "For a search or simulation; 60 unless the plan says otherwise.")
    private @Nullable Double timeoutSeconds;

    private final Catalog catalog = Catalog.builtIn();

    final Catalog catalog() {
        return catalog;
    }

    final PlanInput input() {
        PlanReader reader = new PlanReader(catalog);
        List<String> overrides = new ArrayList<>(implied());
        overrides.addAll(settings);
        if (seed != null) {
            overrides.add("seed=" + seed);
        }
        if (timeoutSeconds != null) {
            overrides.add("search.timeout=" + timeoutSeconds + " s");
        }
        return file == null
                ? reader.read("command line", "{}", overrides)
                : reader.read(file, overrides);
    }

    /** Settings that the verb's own options imply; {@code --set} comes after them. */
    List<String> implied() {
        return List.of();
    }

    final Plan plan() {
        return new Planner().plan(input());
    }

    /** Whether a plan is given at all; some verbs answer without one. */
    final boolean hasPlan() {
        return file != null || !settings.isEmpty();
    }

    /** Whether the time that {@code input} allows has passed since now. */
    static BooleanSupplier deadline(PlanInput input) {
        long startNanos = System.nanoTime();
        long limitNanos = input.layout().timeout().toNanos();
        return () -> System.nanoTime() - startNanos > limitNanos;
    }

    /** The hourly series of the plan's grid and what it comes to over the run. */
    static void series(Answer answer, RunGrid grid) {
        grid.series()
                .ifPresent(
                        series -> {
                            answer.fact("series", "hourly series of the grid", series.file())
                                    .figure("grid_carbon", "its carbon over the run", grid.carbon())
                                    .figure(
                                            "grid_price",
                                            "price of energy over the run",
                                            grid.tariff())
                                    .explain(grid.terms());
                        });
    }

    /** An answer that names the plan, its warnings and every default. */
    static Answer about(Plan plan, String title) {
        Answer answer = about(plan.input(), title);
        plan.warnings().forEach(warning -> answer.note("warning: " + warning));
        return answer;
    }

    static Answer about(PlanInput input, String title) {
        return new Answer(title)
                .fact("plan", "plan", input.name())
                .fact("model", "model", input.model().name())
                .fact("accelerator", "accelerator", input.cluster().accelerator().name())
                .fact("gpus", "GPUs of the cluster", input.cluster().gpus())
                .defaults(input.defaults());
    }
}
