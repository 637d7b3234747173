package dev.altiplano.planner.emit;

import dev.altiplano.planner.layout.LayoutRule;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.schema.Nearest;
import dev.altiplano.planner.step.ModelShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The engines and schedulers that a plan can be written for. */
public enum Engine {
    TORCHTITAN_TOML("torchtitan-toml", "torchtitan v0.2.2", "train.toml"),
    TORCHTITAN_PY("torchtitan-py", "torchtitan main, mid 2026", "train_config.py"),
    SLURM("slurm", "Slurm sbatch with torchrun", "run.sbatch"),
    JOBSET("jobset", "JobSet v1alpha2, Kueue v1beta2", "jobset.yaml");

    /** Its objects stand in the JobSet's file. */
    private static final String KUEUE = "kueue";

    private final String label;
    private final String version;
    private final String fileName;

    Engine(String label, String version, String fileName) {
        this.label = label;
        this.version = version;
        this.fileName = fileName;
    }

    /** The engine as {@code --engine} names it; refuses an unknown one with E005. */
    public static Engine named(String label) {
        return Arrays.stream(values())
                .filter(engine -> engine.label.equals(label.equals(KUEUE) ? JOBSET.label : label))
                .findFirst()
                .orElseThrow(() -> new PlannerException(unknown(label)));
    }

    private static Problem unknown(String label) {
        List<String> all = new ArrayList<>(Arrays.stream(values()).map(Engine::label).toList());
        all.add(KUEUE);
        String hint = Nearest.hint(label, all);
        return Problem.of(
                        ErrorCode.E005,
                        "engine '%s' unknown%s".formatted(Quote.comment(label), hint))
                .allowing(String.join(", ", all));
    }

    public String label() {
        return label;
    }

    /** The name under which the file is usually kept. */
    public String fileName() {
        return fileName;
    }

    /** Why this engine cannot run the plan, every reason; empty if it can. */
    public List<Problem> limits(EmitInput input) {
        List<Problem> problems = new ArrayList<>(EmitChecks.of(input));
        problems.addAll(emitter().limits(input));
        return problems;
    }

    /** What a search for a layout has to keep, so that this engine can run what it finds. */
    public LayoutRule rule(ModelShape shape, long sequenceTokens) {
        return switch (this) {
            case TORCHTITAN_TOML, TORCHTITAN_PY ->
                    (layout, microBatches) ->
                            Torchtitan.limits(shape, sequenceTokens, layout, microBatches, this)
                                    .stream()
                                    .findFirst();
            case SLURM, JOBSET -> (layout, microBatches) -> Optional.empty();
        };
    }

    /** Whether it restricts layouts. */
    public boolean hasRule() {
        return this == TORCHTITAN_TOML || this == TORCHTITAN_PY;
    }

    /**
     * The whole file, with its header.
     *
     * @throws PlannerException with every limit of the engine that the plan passes
     */
    public String emit(EmitInput input) {
        List<Problem> problems = limits(input);
        if (!problems.isEmpty()) {
            throw new PlannerException(problems);
        }
        String interpreter = this == SLURM ? "#!/bin/bash\n" : "";
        return interpreter + Header.of(input, version) + emitter().body(input);
    }

    private Emitter emitter() {
        return switch (this) {
            case TORCHTITAN_TOML -> new TorchtitanToml();
            case TORCHTITAN_PY -> new TorchtitanPython();
            case SLURM -> new SlurmBatch();
            case JOBSET -> new KubernetesJobSet();
        };
    }
}
