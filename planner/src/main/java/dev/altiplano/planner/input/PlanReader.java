package dev.altiplano.planner.input;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.catalog.Model;
import dev.altiplano.planner.catalog.Models;
import dev.altiplano.planner.file.DocumentReader;
import dev.altiplano.planner.file.Value;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.schema.Checker;
import dev.altiplano.planner.schema.DefaultUsed;
import dev.altiplano.planner.schema.QuantityBlock.Origin;
import dev.altiplano.planner.schema.QuantityBlock.SingleValue;
import dev.altiplano.planner.schema.Section;
import dev.altiplano.planner.schema.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads plan files. Throws {@link PlannerException} with every problem of the file; nothing else,
 * whatever the file holds.
 */
public final class PlanReader {
    private final Catalog catalog;
    private final Shape.Block shape;

    public PlanReader(Catalog catalog) {
        this.catalog = catalog;
        this.shape = PlanKeys.root(catalog);
    }

    /**
     * Reads {@code file}; the files that it names (a model's {@code config.json}, an inventory, an
     * hourly series) are looked for beside it, those that {@code overrides} name in the working
     * folder.
     *
     * @param overrides {@code key=value}, as {@code cluster.gpus=16384}
     */
    public PlanInput read(Path file, List<String> overrides) {
        return read(DocumentReader.read(file), overrides, file);
    }

    /** Reads {@code text}, which messages call {@code name}. */
    public PlanInput read(String name, String text, List<String> overrides) {
        return read(DocumentReader.read(name, text), overrides, Path.of("plan.yaml"));
    }

    private PlanInput read(Value document, List<String> overrides, Path file) {
        Value.Mapping plan =
                ForeignModel.resolve(Overrides.apply(mapping(document), overrides), file);
        List<Problem> problems = Checker.check(plan, shape);
        if (!problems.isEmpty()) {
            throw new PlannerException(problems);
        }
        List<DefaultUsed> defaults = new ArrayList<>();
        Section.Context context =
                new Section.Context(
                        place -> new Origin(Grade.STATED, place.toString(), ""),
                        SingleValue.EXACT,
                        defaults);
        return input(new Section(plan, shape, context), defaults, file);
    }

    private static Value.Mapping mapping(Value document) {
        if (document instanceof Value.Mapping mapping) {
            return mapping;
        }
        throw new PlannerException(
                Problem.of(ErrorCode.E005, "found " + document.kind())
                        .at(document.place())
                        .allowing("a block of keys")
                        .hinting("the shortest plan has model, training.tokens, cluster"));
    }

    private PlanInput input(Section root, List<DefaultUsed> defaults, Path file) {
        Problems problems = new Problems();
        Optional<Model> model = problems.attempt(root.place("model"), () -> model(root));
        Optional<TrainingInput> training =
                problems.attempt(
                        root.place("training"), () -> TrainingPart.read(root.block("training")));
        Optional<ClusterInput> cluster =
                new ClusterPart(catalog, file, problems).read(root.block("cluster"));
        Optional<LayoutInput> layout =
                cluster.flatMap(
                        c ->
                                problems.attempt(
                                        root.place("layout"), () -> LayoutPart.read(root, c)));
        Optional<ReliabilityInput> reliability =
                cluster.flatMap(
                        c ->
                                problems.attempt(
                                        root.place("reliability"),
                                        () ->
                                                ReliabilityPart.read(
                                                        root.block("reliability"), catalog, c)));
        Optional<SiteInput> site =
                problems.attempt(
                        root.place("site"),
                        () ->
                                SitePart.read(
                                        root.block("site"),
                                        catalog,
                                        model.map(Model::name).orElse(""),
                                        file));
        problems.throwIfAny();
        SiteInput place = site.orElseThrow();
        return new PlanInput(
                root.text("name"),
                model.orElseThrow(),
                training.orElseThrow(),
                cluster.orElseThrow(),
                layout.orElseThrow(),
                reliability.orElseThrow(),
                place,
                MoneyPart.read(root.block("money"), catalog, place.region()),
                measured(root.block("measured")),
                root.wholeLong("seed"),
                root.whole("samples"),
                defaults);
    }

    private Model model(Section root) {
        Optional<Section> own = root.optionalBlock("model");
        if (own.isPresent()) {
            return new Model("own", "model of the plan", Models.shape(own.get()));
        }
        return Named.of(catalog.models(), root.text("model"));
    }

    private static Measured measured(Section section) {
        return new Measured(
                section.optionalQuantity("tokens_per_gpu"),
                section.optionalQuantity("flops_per_gpu"),
                section.optionalQuantity("gpu_hours"),
                section.optionalQuantity("watts_per_gpu"));
    }
}
