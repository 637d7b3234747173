package dev.altiplano.cli.plan;

import dev.altiplano.planner.catalog.Accelerator;
import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.catalog.Figure;
import dev.altiplano.planner.catalog.Model;
import dev.altiplano.planner.catalog.NodeType;
import dev.altiplano.planner.catalog.Region;
import dev.altiplano.planner.catalog.Source;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.reliability.FailureProfile;
import dev.altiplano.planner.schema.Nearest;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plan catalog}: what plans may name, with sources and grades. */
@Command(
        name = "catalog",
        mixinStandardHelpOptions = true,
        description = "Hardware, models, regions, profiles and figures with source and grade.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan catalog",
            "  altiplano plan catalog hardware",
            "  altiplano plan catalog regions --json",
        })
final class CatalogVerb extends PlanVerb {
    /** Part of the catalogue, as it is typed. */
    enum Part {
        ALL,
        HARDWARE,
        MODELS,
        REGIONS,
        RELIABILITY,
        FIGURES,
        SOURCES;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "PART",
            completionCandidates = PartNames.class,
            description = "One of ${COMPLETION-CANDIDATES}; all of it by default.")
    private String asked = Part.ALL.label();

    private Part part = Part.ALL;

    /** The parts, for completion and help. */
    static final class PartNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return names().iterator();
        }
    }

    private static List<String> names() {
        return Arrays.stream(Part.values()).map(Part::label).toList();
    }

    private Part part(String name) {
        return Arrays.stream(Part.values())
                .filter(known -> known.label().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                usage(
                                        "part '%s' of the catalogue unknown%s; allowed: %s"
                                                .formatted(
                                                        name,
                                                        Nearest.hint(name, names()),
                                                        String.join(", ", names()))));
    }

    @Override
    Answer answer() {
        part = part(asked);
        Catalog catalog = Catalog.builtIn();
        Answer answer = new Answer("Catalogue");
        if (shows(Part.HARDWARE)) {
            accelerators(answer, catalog);
            nodes(answer, catalog);
        }
        if (shows(Part.MODELS)) {
            models(answer, catalog);
        }
        if (shows(Part.REGIONS)) {
            regions(answer, catalog);
        }
        if (shows(Part.RELIABILITY)) {
            profiles(answer, catalog);
        }
        if (shows(Part.FIGURES)) {
            figures(answer, catalog);
        }
        if (shows(Part.SOURCES)) {
            sources(answer, catalog);
        }
        return answer;
    }

    private boolean shows(Part wanted) {
        return part == Part.ALL || part == wanted;
    }

    private static Object cell(Optional<Quantity> quantity) {
        return quantity.<Object>map(q -> q).orElse("");
    }

    private static void accelerators(Answer answer, Catalog catalog) {
        Grid grid =
                answer.grid("accelerators", "Accelerators (FLOP/s are dense)")
                        .text("name", "name")
                        .number("bf16", "bf16")
                        .number("fp8", "fp8")
                        .number("fp4", "fp4")
                        .number("fp64", "fp64")
                        .number("memory", "memory")
                        .number("usable_memory", "usable")
                        .number("bandwidth", "bandwidth")
                        .number("link", "link")
                        .number("tdp", "TDP")
                        .number("idle", "idle")
                        .number("speed", "speed")
                        .text("grade", "grade")
                        .text("source", "source");
        for (Accelerator a : catalog.accelerators().values()) {
            grid.row(
                    a.name(),
                    a.bf16(),
                    cell(a.fp8()),
                    cell(a.fp4()),
                    cell(a.fp64()),
                    a.memory(),
                    a.usableMemory(),
                    a.bandwidth(),
                    cell(a.link()),
                    a.tdp(),
                    a.idle(),
                    a.speed(),
                    a.bf16().grade().toString(),
                    a.bf16().source());
        }
    }

    private static void nodes(Answer answer, Catalog catalog) {
        Grid grid =
                answer.grid("nodes", "Nodes")
                        .text("name", "name")
                        .number("gpus", "GPUs")
                        .number("link_domain", "link domain")
                        .number("host_watts", "host per GPU")
                        .number("training_share", "training over rated")
                        .number("nic", "network per GPU")
                        .text("grade", "grade")
                        .text("source", "source");
        for (NodeType node : catalog.nodes().values()) {
            grid.row(
                    node.name(),
                    node.gpus(),
                    node.linkDomain(),
                    node.hostWatts(),
                    node.trainingShare(),
                    node.nic(),
                    node.trainingShare().grade().toString(),
                    node.trainingShare().source());
        }
    }

    private static void models(Answer answer, Catalog catalog) {
        Grid grid =
                answer.grid("models", "Models")
                        .text("name", "name")
                        .text("title", "title")
                        .number("parameters", "parameters")
                        .number("active_parameters", "active")
                        .number("layers", "layers")
                        .number("hidden", "hidden")
                        .number("heads", "heads")
                        .number("kv_heads", "KV heads")
                        .number("vocab", "vocabulary");
        for (Model model : catalog.models().values()) {
            grid.row(
                    model.name(),
                    model.title(),
                    model.shape().parameters(),
                    model.shape().activeParameters(),
                    model.shape().layers(),
                    model.shape().hidden(),
                    model.shape().heads(),
                    model.shape().kvHeads(),
                    model.shape().vocab());
        }
    }

    private static void regions(Answer answer, Catalog catalog) {
        Grid grid =
                answer.grid("regions", "Regions (location-based carbon)")
                        .text("name", "name")
                        .text("title", "title")
                        .number("price", "price")
                        .number("carbon", "carbon")
                        .text("grade", "grade")
                        .text("source", "source");
        for (Region region : catalog.regions().values()) {
            grid.row(
                    region.name(),
                    region.title(),
                    cell(region.price()),
                    region.carbon(),
                    region.carbon().grade().toString(),
                    region.carbon().source());
        }
    }

    private static void profiles(Answer answer, Catalog catalog) {
        Grid grid =
                answer.grid("profiles", "Reliability profiles")
                        .text("name", "name")
                        .number("causes", "causes")
                        .number("mtti_hours_16384", "hours between stops, 16,384 GPUs")
                        .text("evidence", "evidence")
                        .text("grade", "grade")
                        .text("source", "source");
        for (FailureProfile profile : catalog.profiles().values()) {
            grid.row(
                    profile.name(),
                    profile.causes().size(),
                    1 / profile.stopsPerHour(16_384),
                    profile.evidence().name().toLowerCase(Locale.ROOT),
                    profile.grade().toString(),
                    profile.source());
        }
    }

    private static void figures(Answer answer, Catalog catalog) {
        Grid grid =
                answer.grid("figures", "Constants and prices")
                        .text("name", "name")
                        .text("title", "title")
                        .number("value", "value")
                        .text("grade", "grade")
                        .text("source", "source");
        for (Figure figure : catalog.figures().values()) {
            grid.row(
                    figure.name(),
                    figure.title(),
                    figure.value(),
                    figure.value().grade().toString(),
                    figure.value().source());
        }
    }

    private static void sources(Answer answer, Catalog catalog) {
        Grid grid =
                answer.grid("sources", "Sources")
                        .text("name", "name")
                        .text("title", "title")
                        .text("date", "date");
        for (Source source : catalog.sources().values()) {
            grid.row(source.name(), source.title(), source.date());
        }
    }
}
