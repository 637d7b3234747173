package dev.altiplano.planner.emit;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.step.DataSharding;
import dev.altiplano.planner.step.Layout;
import dev.altiplano.planner.step.ModelShape;
import dev.altiplano.planner.step.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What both forms of torchtitan share: models, degrees and limits. */
final class Torchtitan {
    /** A model under torchtitan's names. */
    record Flavor(String family, String name, String assets) {}

    private static final Map<String, Flavor> FLAVORS =
            Map.of(
                    "llama-3.1-8b", new Flavor("llama3", "8B", "./assets/hf/Llama-3.1-8B"),
                    "llama-3.1-70b", new Flavor("llama3", "70B", "./assets/hf/Llama-3.1-70B"),
                    "llama-3.1-405b", new Flavor("llama3", "405B", "./assets/hf/Llama-3.1-405B"),
                    "llama-4-scout",
                            new Flavor(
                                    "llama4", "17bx16e_irope", "./assets/hf/Llama-4-Scout-17B-16E"),
                    "llama-4-maverick",
                            new Flavor(
                                    "llama4",
                                    "17bx128e_irope",
                                    "./assets/hf/Llama-4-Maverick-17B-128E"));

    private Torchtitan() {}

    static Optional<Flavor> flavor(EmitInput input) {
        return Optional.ofNullable(FLAVORS.get(input.model().name()));
    }

    static Flavor knownFlavor(EmitInput input) {
        return flavor(input).orElseThrow();
    }

    /** Ranks of {@code dp} that share the states; the sharding group also spans CP. */
    static int shardDegree(Layout layout) {
        return layout.sharding() == DataSharding.ZERO_0 ? 1 : layout.shardGroup() / layout.cp();
    }

    static int replicateDegree(Layout layout) {
        return layout.dp() / shardDegree(layout);
    }

    static String reshard(Layout layout) {
        return layout.sharding() == DataSharding.ZERO_3 ? "always" : "never";
    }

    static String schedule(Layout layout) {
        return layout.schedule() == Schedule.INTERLEAVED ? "Interleaved1F1B" : "1F1B";
    }

    /** Layers of a virtual stage; the embedding and the output count as one each. */
    static int layersPerStage(EmitInput input) {
        return layersPerStage(input.model().shape(), input.layout());
    }

    private static int layersPerStage(ModelShape shape, Layout layout) {
        long stages = (long) layout.pp() * layout.virtualStages();
        return (int) Math.ceilDiv(shape.layers() + 2L, stages);
    }

    static List<Problem> limits(EmitInput input, Engine engine) {
        List<Problem> problems = new ArrayList<>();
        if (flavor(input).isEmpty()) {
            String name = Quote.comment(input.model().name());
            problems.add(refuse(engine, "has no model " + name).allowing(allModels()));
        }
        problems.addAll(
                limits(
                        input.model().shape(),
                        input.training().sequenceTokens(),
                        input.layout(),
                        input.layout().microBatches(input.training().batchSequences()),
                        engine));
        return problems;
    }

    /** What a layout must keep for any model of this shape. */
    static List<Problem> limits(
            ModelShape shape,
            long sequenceTokens,
            Layout layout,
            long microBatches,
            Engine engine) {
        List<Problem> problems = new ArrayList<>();
        sharding(layout, engine, problems);
        experts(shape, layout, engine, problems);
        if (layout.pp() > 1) {
            pipeline(shape, layout, microBatches, engine, problems);
        }
        long divisor = (long) layout.tp() * layout.cp() * 2;
        if (sequenceTokens % divisor != 0) {
            problems.add(refuse(engine, "needs a sequence divisible by 2 x tp x cp = " + divisor));
        }
        return problems;
    }

    private static String allModels() {
        return String.join(", ", FLAVORS.keySet().stream().sorted().toList());
    }

    private static void sharding(Layout layout, Engine engine, List<Problem> problems) {
        boolean replicated = layout.sharding() == DataSharding.ZERO_0;
        if (replicated && layout.cp() > 1) {
            problems.add(refuse(engine, "shards over cp; ZERO_0 needs cp 1"));
        }
        int group = layout.shardGroup();
        boolean whole = group % layout.cp() == 0 && layout.dp() % (group / layout.cp()) == 0;
        if (!replicated && !whole) {
            problems.add(
                    refuse(
                            engine,
                            "needs a sharding group of cp x a divisor of dp %d, not %d"
                                    .formatted(layout.dp(), group)));
        }
    }

    private static void experts(
            ModelShape shape, Layout layout, Engine engine, List<Problem> problems) {
        if (!shape.isMoe() && (layout.ep() > 1 || layout.expertTp() > 1)) {
            problems.add(refuse(engine, "has no experts in this dense model; ep must be 1"));
            return;
        }
        if (layout.expertTp() != 1 && layout.expertTp() != layout.tp()) {
            problems.add(
                    refuse(engine, "needs expert tp 1 or tp %d".formatted(layout.tp()))
                            .allowing("1, " + layout.tp()));
        }
        long shard = Math.max(1, layout.shardGroup() / layout.cp());
        long ranks = shard * layout.cp() * layout.tp();
        if (ranks % ((long) layout.ep() * layout.expertTp()) != 0) {
            problems.add(
                    refuse(
                            engine,
                            "needs dp_shard x cp x tp = %d divisible by ep x expert tp"
                                    .formatted(ranks)));
        }
    }

    private static void pipeline(
            ModelShape shape,
            Layout layout,
            long microBatches,
            Engine engine,
            List<Problem> problems) {
        Schedule schedule = layout.schedule();
        if (schedule != Schedule.ONE_F_ONE_B && schedule != Schedule.INTERLEAVED) {
            problems.add(
                    refuse(engine, "has no schedule " + schedule)
                            .allowing("ONE_F_ONE_B, INTERLEAVED"));
        }
        boolean interleaved = schedule == Schedule.INTERLEAVED;
        if (interleaved != (layout.virtualStages() > 1)) {
            problems.add(refuse(engine, "needs v above 1 with INTERLEAVED, and only there"));
        }
        if (microBatches < layout.pp() || (interleaved && microBatches % layout.pp() != 0)) {
            problems.add(
                    refuse(
                            engine,
                            "needs a multiple of pp %d micro-batches, not %d"
                                    .formatted(layout.pp(), microBatches)));
        }
        long stages = (long) layout.pp() * layout.virtualStages();
        long made = Math.ceilDiv(shape.layers() + 2L, layersPerStage(shape, layout));
        if (made != stages) {
            problems.add(
                    refuse(
                            engine,
                            "cannot spread %d layers over %d stages evenly"
                                    .formatted(shape.layers(), stages)));
        }
    }

    private static Problem refuse(Engine engine, String why) {
        return Problem.of(ErrorCode.E501, "engine " + engine.label() + " " + why);
    }
}
