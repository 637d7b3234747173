package dev.altiplano.planner.catalog;

import dev.altiplano.planner.file.DocumentReader;
import dev.altiplano.planner.file.Value;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.Amount;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.reliability.FailureProfile;
import dev.altiplano.planner.schema.Checker;
import dev.altiplano.planner.schema.Key;
import dev.altiplano.planner.schema.QuantityBlock;
import dev.altiplano.planner.schema.QuantityBlock.Origin;
import dev.altiplano.planner.schema.QuantityBlock.SingleValue;
import dev.altiplano.planner.schema.Section;
import dev.altiplano.planner.schema.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Reads the resource files; a damaged one is refused like a damaged plan. */
final class CatalogLoader {
    /** Keys that every entry has: what it is, and where its fields come from. */
    private static final List<Key> ENTRY =
            List.of(
                    Key.required("title", new Shape.Text(200), "what it is"),
                    Key.required(
                            "grade",
                            Shape.words("measured", "stated", "derived", "fitted", "assumed"),
                            "grade"),
                    Key.required("source", new Shape.Text(50), "short name of the source"),
                    Key.optional("date", new Shape.Text(20), "if it is not that of the source"));

    /** The hosts behind the published rates per node had eight accelerators. */
    private static final int GPUS_PER_NODE = 8;

    private static final int NODES_PER_RACK = 1;

    private final Map<String, Source> sources = new LinkedHashMap<>();

    /** An entry before it has its type. */
    record Entry(String name, String title, String source, Section section) {}

    Catalog load() {
        read("sources.yaml")
                .entries()
                .forEach((name, value) -> sources.put(name, source(name, value)));
        Value.Mapping hardware = read("hardware.yaml");
        Map<String, Accelerator> accelerators =
                entries(
                        child(hardware, "accelerators"),
                        Accelerator.SHAPE,
                        e -> Accelerator.of(e.name(), e.title(), e.section()));
        refuseSparse(accelerators);
        return new Catalog(
                Collections.unmodifiableMap(sources),
                accelerators,
                entries(
                        child(hardware, "nodes"),
                        NodeType.SHAPE,
                        e -> NodeType.of(e.name(), e.title(), e.section())),
                entries(
                        read("models.yaml"),
                        Models.SHAPE,
                        e -> new Model(e.name(), e.title(), Models.shape(e.section()))),
                entries(
                        read("regions.yaml"),
                        Region.SHAPE,
                        e -> Region.of(e.name(), e.title(), e.section())),
                entries(read("reliability.yaml"), Profiles.SHAPE, CatalogLoader::profile),
                figures());
    }

    /** The catalogue's own figures pass the test that a plan's own accelerator has to pass. */
    static void refuseSparse(Map<String, Accelerator> accelerators) {
        List<Problem> problems = new ArrayList<>();
        for (Accelerator accelerator : accelerators.values()) {
            SparseFigure.check(accelerator.bf16().base(), accelerators.values())
                    .ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new PlannerException(problems);
        }
    }

    private static FailureProfile profile(Entry entry) {
        return Profiles.profile(
                entry.name(), entry.source(), entry.section(), GPUS_PER_NODE, NODES_PER_RACK);
    }

    <T> Map<String, T> entries(Value.Mapping file, Shape.Block shape, Function<Entry, T> type) {
        List<Key> keys = new ArrayList<>(ENTRY);
        keys.addAll(shape.keys());
        Shape.Block whole = new Shape.Block(keys);
        refuse(Checker.check(file, new Shape.TableOf(whole, 10_000)));
        Map<String, T> result = new LinkedHashMap<>();
        file.entries()
                .forEach(
                        (name, value) ->
                                result.put(
                                        name,
                                        type.apply(entry(name, (Value.Mapping) value, whole))));
        return Collections.unmodifiableMap(result);
    }

    private Entry entry(String name, Value.Mapping mapping, Shape.Block shape) {
        Origin origin = origin(mapping);
        Section.Context context =
                new Section.Context(place -> origin, SingleValue.ROUNDED, new ArrayList<>());
        Section section = new Section(mapping, shape, context);
        return new Entry(name, section.text("title"), origin.source(), section);
    }

    private Origin origin(Value.Mapping entry) {
        String source = text(entry, "source");
        String date = entry.entries().containsKey("date") ? text(entry, "date") : dateOf(source);
        return new Origin(
                Grade.valueOf(text(entry, "grade").toUpperCase(Locale.ROOT)), source, date);
    }

    private String dateOf(String source) {
        Source known = sources.get(source);
        return known == null ? "" : known.date();
    }

    private Map<String, Figure> figures() {
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (String file : List.of("constants.yaml", "prices.yaml")) {
            read(file).entries().forEach((name, value) -> figures.put(name, figure(name, value)));
        }
        return Collections.unmodifiableMap(figures);
    }

    /** A figure is a quantity with a title; its unit is the one that it is written in. */
    private Figure figure(String name, Value value) {
        Value.Mapping mapping = (Value.Mapping) value;
        Map<String, Value> rest = new LinkedHashMap<>(mapping.entries());
        rest.remove("title");
        String written = text(mapping, rest.containsKey("value") ? "value" : "likely");
        Shape.Numeric shape =
                Shape.number(Amount.parse(written).unit().symbol(), 0, Double.MAX_VALUE);
        return new Figure(
                name,
                text(mapping, "title"),
                QuantityBlock.read(
                        new Value.Mapping(rest, mapping.place()),
                        shape,
                        () -> origin(mapping),
                        SingleValue.ROUNDED));
    }

    private static Source source(String name, Value value) {
        Value.Mapping mapping = (Value.Mapping) value;
        return new Source(name, text(mapping, "title"), text(mapping, "date"));
    }

    private static String text(Value.Mapping mapping, String key) {
        if (mapping.entries().get(key) instanceof Value.Scalar scalar) {
            return scalar.text();
        }
        throw new IllegalStateException(
                "the catalogue's %s has no %s".formatted(mapping.place(), key));
    }

    private static Value.Mapping child(Value.Mapping file, String key) {
        return (Value.Mapping) Objects.requireNonNull(file.entries().get(key));
    }

    static Value.Mapping read(String name) {
        try (InputStream in = Catalog.class.getResourceAsStream(name)) {
            return (Value.Mapping)
                    DocumentReader.read(name, Objects.requireNonNull(in).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new PlannerException(problems);
        }
    }
}
