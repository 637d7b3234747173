package dev.altiplano.planner.fleet;

import static dev.altiplano.planner.schema.Key.optional;
import static dev.altiplano.planner.schema.Key.required;
import static dev.altiplano.planner.schema.Key.withDefault;
import static dev.altiplano.planner.schema.Shape.number;
import static dev.altiplano.planner.schema.Shape.whole;

import dev.altiplano.planner.file.DocumentReader;
import dev.altiplano.planner.file.Value;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.schema.Checker;
import dev.altiplano.planner.schema.Nearest;
import dev.altiplano.planner.schema.QuantityBlock.Origin;
import dev.altiplano.planner.schema.QuantityBlock.SingleValue;
import dev.altiplano.planner.schema.Section;
import dev.altiplano.planner.schema.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Jobs that want the same nodes, and the windows in which nodes must be empty: a file, YAML or
 * JSON. Times count from the start of the plan; bare numbers are hours.
 *
 * <pre>
 * jobs:
 *   pretrain: {tp: 8, pp: 4, dp: 12, work: 30 d, checkpoint: 10 min}
 *   urgent: {tp: 8, dp: 16, work: 12 h, submit: 2 d, priority: 5}
 * maintenance:
 *   - {pod: p1, from: 3 d, hours: 8}
 * </pre>
 */
public final class QueueFile {
    private static final int JOBS_MAX = 10_000;
    private static final int WINDOWS_MAX = 10_000;
    private static final int GPUS_MAX = 10_000_000;
    private static final double HOURS_MAX = 876_000;
    private static final double MICROS_PER_SECOND = 1e6;

    private static final Shape.Numeric TIME = number("h", 0, HOURS_MAX);
    private static final Shape.Numeric LENGTH = number("h", 1e-3, HOURS_MAX);
    private static final Shape.Numeric DEGREE = whole(1, GPUS_MAX);

    private static final Shape.Block JOB =
            Shape.block(
                    withDefault("tp", DEGREE, "1", "tensor parallel"),
                    withDefault("cp", DEGREE, "1", "context parallel"),
                    withDefault("pp", DEGREE, "1", "pipeline stages"),
                    required("dp", DEGREE, "data parallel: replicas"),
                    required("work", LENGTH, "time that the job needs with all its nodes"),
                    withDefault("checkpoint", LENGTH, "10 min", "work between two checkpoints"),
                    withDefault("submit", TIME, "0", "when it joins the queue"),
                    withDefault("priority", whole(0, 1_000_000), "0", "higher goes first"));

    private static final Shape.Block WINDOW =
            Shape.block(
                    optional("node", new Shape.Text(200), "the node that must be empty"),
                    optional("rack", new Shape.Text(200), "or the rack"),
                    optional("pod", new Shape.Text(200), "or the pod"),
                    required("from", TIME, "when it begins"),
                    required("hours", LENGTH, "how long it lasts"));

    private static final Shape.Block FILE =
            Shape.block(
                    required("jobs", new Shape.TableOf(JOB, JOBS_MAX), "jobs by name"),
                    optional(
                            "maintenance",
                            new Shape.ListOf(WINDOW, WINDOWS_MAX),
                            "when nodes must be empty"));

    private final Inventory inventory;
    private final int gpusPerNode;
    private final double wattsPerGpu;

    private QueueFile(Inventory inventory, int gpusPerNode, double wattsPerGpu) {
        this.inventory = inventory;
        this.gpusPerNode = gpusPerNode;
        this.wattsPerGpu = wattsPerGpu;
    }

    /** What a file asks for. */
    public record Request(List<QueuedJob> jobs, List<MaintenanceWindow> windows) {
        public Request {
            jobs = List.copyOf(jobs);
            windows = List.copyOf(windows);
        }
    }

    /**
     * Reads {@code file}; throws {@link PlannerException} with every problem of its form.
     *
     * @param inventory whose nodes the windows name
     * @param wattsPerGpu that an accelerator adds to the site while it works
     */
    public static Request read(
            Path file, Inventory inventory, int gpusPerNode, double wattsPerGpu) {
        return new QueueFile(inventory, gpusPerNode, wattsPerGpu)
                .request(DocumentReader.read(file));
    }

    private Request request(Value document) {
        List<Problem> problems = Checker.check(document, FILE);
        if (!problems.isEmpty()) {
            throw new PlannerException(problems);
        }
        Section.Context context =
                new Section.Context(
                        place -> new Origin(Grade.STATED, place.toString(), ""),
                        SingleValue.EXACT,
                        new ArrayList<>());
        Section root = new Section((Value.Mapping) document, FILE, context);
        List<QueuedJob> jobs = new ArrayList<>();
        root.table("jobs").forEach((name, section) -> jobs.add(job(name, section)));
        return new Request(jobs, root.blocks("maintenance").stream().map(this::window).toList());
    }

    private QueuedJob job(String name, Section section) {
        int tp = section.whole("tp");
        long inner = (long) tp * section.whole("cp");
        long block = inner * section.whole("pp");
        // Up to 1e28: more than a long holds.
        if ((double) inner * section.whole("pp") * section.whole("dp") > GPUS_MAX) {
            throw refused(
                    ErrorCode.E401,
                    section,
                    "more than %d GPUs".formatted(GPUS_MAX),
                    "smaller degrees");
        }
        long group = inner > tp ? inner : block;
        // A queue compares no traffic between jobs, so the bytes of a step do not matter.
        JobShape shape =
                new JobShape(
                        name, tp, (int) group, (int) block, section.whole("dp"), gpusPerNode, 1);
        return new QueuedJob(
                shape,
                section.whole("priority"),
                micros(section, "submit"),
                micros(section, "work"),
                micros(section, "checkpoint"),
                (double) shape.nodes() * gpusPerNode * wattsPerGpu);
    }

    private MaintenanceWindow window(Section section) {
        List<String> given = List.of("node", "rack", "pod").stream().filter(section::has).toList();
        if (given.size() != 1) {
            throw refused(
                    ErrorCode.E004, section, "a window needs one of node, rack and pod", "one");
        }
        String key = given.getFirst();
        String name = section.text(key);
        Set<String> nodes =
                inventory.nodes().stream()
                        .filter(node -> of(key).apply(node).equals(name))
                        .map(Node::name)
                        .collect(Collectors.toSet());
        if (nodes.isEmpty()) {
            Set<String> known = inventory.nodes().stream().map(of(key)).collect(Collectors.toSet());
            throw refused(
                    ErrorCode.E304,
                    section,
                    "%s %s unknown%s".formatted(key, name, Nearest.hint(name, known)),
                    "a %s of the inventory".formatted(key));
        }
        long from = micros(section, "from");
        return new MaintenanceWindow(nodes, from, from + micros(section, "hours"));
    }

    private static Function<Node, String> of(String key) {
        return switch (key) {
            case "node" -> Node::name;
            case "rack" -> Node::rack;
            default -> Node::pod;
        };
    }

    private static long micros(Section section, String key) {
        return Math.round(section.number(key) * MICROS_PER_SECOND);
    }

    private static PlannerException refused(
            ErrorCode code, Section section, String found, String allowed) {
        return new PlannerException(Problem.of(code, found).at(section.place()).allowing(allowed));
    }
}
