package dev.altiplano.planner.claims;

import dev.altiplano.planner.catalog.Accelerator;
import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.catalog.Figure;
import dev.altiplano.planner.catalog.NodeType;
import dev.altiplano.planner.quantity.Numbers;
import dev.altiplano.planner.quantity.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The figures that readings use, all of the catalogue.
 *
 * @param chips accelerators that a claim may name
 * @param network network and storage over the nodes
 * @param siteUsage facility over IT, if the claim gives none
 */
public record ClaimConstants(List<Chip> chips, Figure network, Figure siteUsage) {
    public ClaimConstants {
        chips = List.copyOf(chips);
    }

    /** Every accelerator of the built-in catalogue whose node it has. */
    public static ClaimConstants standard() {
        return of(Catalog.builtIn());
    }

    static ClaimConstants of(Catalog catalog) {
        return new ClaimConstants(
                catalog.accelerators().values().stream()
                        .flatMap(a -> chip(a, catalog.nodeFor(a.name())).stream())
                        .toList(),
                catalog.figure("network-and-storage"),
                catalog.figure("pue-meta"));
    }

    double itOverhead() {
        return network.value().likely();
    }

    double pue() {
        return siteUsage.value().likely();
    }

    /** Such as {@code PUE of Meta: 1.08 (stated, PRESS)}. */
    static String told(Figure figure) {
        Quantity value = figure.value();
        return "%s: %s (%s, %s)"
                .formatted(
                        figure.title(),
                        Numbers.text(value.likely()),
                        value.grade(),
                        value.source());
    }

    private static Optional<Chip> chip(Accelerator chip, Optional<NodeType> node) {
        return node.map(
                host -> {
                    double rated = host.ratedWatts(chip);
                    return new Chip(
                            chip.name(),
                            names(chip.name()),
                            chip.tdp().base(),
                            rated,
                            rated * host.trainingShare().likely(),
                            rated * host.maximumShare(chip),
                            chip.bf16().base(),
                            base(chip.fp8()),
                            base(chip.fp64()),
                            chip.memory().base(),
                            source(chip, host, rated));
                });
    }

    private static double base(Optional<Quantity> quantity) {
        return quantity.map(Quantity::base).orElse(0.0);
    }

    /** {@code h100-sxm} is also written h100, h100s, h100sxm and h100sxm5. */
    private static List<String> names(String name) {
        String plain = name.replace("-sxm", "").replace("-", "");
        return Stream.of(plain, plain + "s", plain + "sxm", plain + "sxm5", name.replace("-", ""))
                .distinct()
                .toList();
    }

    private static String source(Accelerator chip, NodeType node, double rated) {
        Quantity share = node.trainingShare();
        String maximum =
                node.maximumShare(chip) == share.high()
                        ? ""
                        : "; highest measured %s W (%s)"
                                .formatted(
                                        Numbers.text(rated * node.maximumShare(chip)),
                                        node.trainingMaximum().map(Quantity::source).orElse(""));
        return "%s: TDP %s (%s, %s), with its host %s W (%s, %s), in training %s %% of it (%s, %s)%s"
                .formatted(
                        chip.name(),
                        chip.tdp(),
                        chip.tdp().grade(),
                        chip.tdp().source(),
                        Numbers.text(rated),
                        node.hostWatts().grade(),
                        node.hostWatts().source(),
                        Numbers.text(100 * share.likely()),
                        share.grade(),
                        share.source(),
                        maximum);
    }
}
