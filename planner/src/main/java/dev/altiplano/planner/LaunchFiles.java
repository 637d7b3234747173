package dev.altiplano.planner;

import dev.altiplano.planner.emit.EmitInput;
import dev.altiplano.planner.emit.Engine;
import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.layout.Candidate;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * Hands a plan to the emitters: the launch files are made of the plan's own answers.
 *
 * @param partition of Slurm
 * @param queue of Kueue
 * @param image container image
 * @param cpusPerNode that a job asks for
 * @param restartsMax restarts before the job gives up
 * @param excludedNodes host names that must not be used
 */
public record LaunchFiles(
        String partition,
        String queue,
        String image,
        int cpusPerNode,
        int restartsMax,
        List<String> excludedNodes) {
    /** The expected days of training, and a quarter more. */
    private static final double TIME_LIMIT_FACTOR = 1.25;

    private static final double MINUTES_PER_DAY = 1_440;
    private static final double MINUTES_MAX = 10_000_000;

    public LaunchFiles {
        excludedNodes = List.copyOf(excludedNodes);
    }

    /** What {@code engine}'s file is made of; throws E004 if the plan has no layout. */
    public EmitInput of(Plan plan, Engine engine) {
        Candidate chosen = plan.layout().chosen().orElseThrow(() -> noLayout(plan));
        PlanInput input = plan.input();
        long sequence = input.training().spec().sequenceTokens();
        double batchTokens = (double) chosen.batchSequences() * sequence;
        double interval = plan.failures().effective().intervalSeconds();
        double runSeconds = 86_400 * plan.failures().trainingDays().value().likely();
        return new EmitInput(
                input.model(),
                chosen.layout(),
                new EmitInput.Training(
                        input.name(),
                        sequence,
                        chosen.batchSequences(),
                        (long) Math.max(1, Math.ceil(input.training().tokens() / batchTokens)),
                        Double.isFinite(interval) ? interval : runSeconds,
                        chosen.step().seconds()),
                cluster(plan, engine),
                new EmitInput.Origin(
                        hash(input),
                        input.site().start().toLocalDate(),
                        input.defaults().stream().map(d -> d.key() + " = " + d.value()).toList()));
    }

    private EmitInput.Cluster cluster(Plan plan, Engine engine) {
        PlanInput input = plan.input();
        int gpusPerNode = input.cluster().node().gpus();
        double minutes =
                plan.failures().trainingDays().value().likely()
                        * MINUTES_PER_DAY
                        * TIME_LIMIT_FACTOR;
        return new EmitInput.Cluster(
                gpusPerNode,
                cpusPerNode,
                (int) Math.max(1, input.cluster().rackGpus() / gpusPerNode),
                Duration.ofMinutes(Math.round(Math.clamp(minutes, 1, MINUTES_MAX))),
                partition,
                queue,
                image,
                excludedNodes,
                plan.failures().spareNodes(),
                restartsMax,
                program(engine));
    }

    /** The schedulers start the release that reads TOML; the main branch has its own file. */
    private static List<String> program(Engine engine) {
        return engine == Engine.TORCHTITAN_PY
                ? List.of("-m", "torchtitan.train", "--module", "train_config")
                : List.of(
                        "-m",
                        "torchtitan.train",
                        "--job.config_file",
                        Engine.TORCHTITAN_TOML.fileName());
    }

    /** The same input has the same hash on every machine. */
    private static String hash(PlanInput input) {
        try {
            byte[] text = input.toString().getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static PlannerException noLayout(Plan plan) {
        return new PlannerException(
                Problem.of(ErrorCode.E004, "the plan gives a measured speed and no layout to emit")
                        .at(plan.input().layout().place())
                        .hinting("name a layout, or leave measured out"));
    }
}
