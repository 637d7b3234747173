package dev.altiplano.planner.input;

import dev.altiplano.planner.catalog.Accelerator;
import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.catalog.NodeType;
import dev.altiplano.planner.catalog.SparseFigure;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.schema.Section;
import dev.altiplano.planner.step.AcceleratorSpec;
import dev.altiplano.planner.step.FabricSpec;
import java.nio.file.Path;
import java.util.Optional;

/** Reads {@code cluster}. */
final class ClusterPart {
    private final Catalog catalog;
    private final Path planFile;
    private final Problems problems;

    /** {@code planFile} is where the path of an inventory begins. */
    ClusterPart(Catalog catalog, Path planFile, Problems problems) {
        this.catalog = catalog;
        this.planFile = planFile;
        this.problems = problems;
    }

    Optional<ClusterInput> read(Section section) {
        return problems.attempt(section.place(), () -> cluster(section));
    }

    private ClusterInput cluster(Section section) {
        Accelerator accelerator = accelerator(section);
        NodeType node = node(section, accelerator);
        Section fabric = section.block("fabric");
        boolean auto = section.optionalText("spares").filter("auto"::equals).isPresent();
        return new ClusterInput(
                accelerator,
                spec(section, accelerator),
                node,
                section.wholeLong("gpus"),
                fabric(fabric, node),
                fabric.wholeLong("rack"),
                auto ? Optional.empty() : Optional.of(section.whole("spares")),
                section.optionalText("inventory").map(name -> inventory(section, name)));
    }

    private Path inventory(Section section, String name) {
        return FilePaths.resolve(planFile, section.place("inventory"), name);
    }

    private Accelerator accelerator(Section section) {
        Optional<Section> own = section.optionalBlock("accelerator");
        if (own.isEmpty()) {
            return Named.of(catalog.accelerators(), section.text("accelerator"));
        }
        Accelerator accelerator = Accelerator.own(own.get());
        if (!own.get().flag("dense")) {
            SparseFigure.check(accelerator.bf16().base(), catalog.accelerators().values())
                    .ifPresent(problem -> problems.add(problem.at(own.get().place("bf16"))));
        }
        return accelerator;
    }

    private NodeType node(Section section, Accelerator accelerator) {
        Optional<Section> own = section.optionalBlock("node");
        if (own.isPresent()) {
            return NodeType.own(own.get());
        }
        return section.optionalText("node")
                .map(name -> Named.of(catalog.nodes(), name))
                .or(() -> catalog.nodeFor(accelerator.name()))
                .orElseGet(() -> Named.of(catalog.nodes(), "hgx-h100"));
    }

    private static AcceleratorSpec spec(Section section, Accelerator accelerator) {
        double link =
                accelerator
                        .link()
                        .orElseThrow(
                                () ->
                                        new PlannerException(
                                                Problem.of(
                                                                ErrorCode.E004,
                                                                "accelerator %s has no figure for its link"
                                                                        .formatted(
                                                                                accelerator.name()))
                                                        .at(section.place("accelerator"))
                                                        .hinting(
                                                                "give an own block with link, as 900 GB/s")))
                        .base();
        double peak = accelerator.bf16().base();
        return new AcceleratorSpec(
                peak,
                accelerator.fp8().map(fp8 -> fp8.base()).orElse(peak),
                accelerator.usableMemory().base(),
                accelerator.bandwidth().base(),
                link,
                accelerator.tdp().base(),
                accelerator.speed().base());
    }

    private static FabricSpec fabric(Section section, NodeType node) {
        return new FabricSpec(
                node.name(),
                node.gpus(),
                node.linkDomain(),
                section.whole("pod"),
                section.number("oversubscription"),
                section.optionalNumber("nic").orElse(node.nic().base()),
                section.number("link_latency"),
                section.number("network_latency"));
    }
}
