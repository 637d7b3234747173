package dev.altiplano.planner.claims;

import dev.altiplano.planner.catalog.Accelerator;
import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.catalog.Figure;
import dev.altiplano.planner.catalog.NodeType;
import dev.altiplano.planner.quantity.Numbers;
import dev.altiplano.planner.quantity.Quantity;
import java.util.List;
import java.util.Locale;
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

    /** Every accelerator of {@code catalog} whose node it has. */
    public static ClaimConstants of(Catalog catalog) {
        return new ClaimConstants(
                catalog.accelerators().values().stream()
                        .flatMap(a -> catalog.nodeFor(a.name()).map(node -> chip(a, node)).stream())
                        .toList(),
                catalog.figure("network-and-storage"),
                catalog.figure("pue-meta"));
    }

    /** With an accelerator in the place of one of its name, or beside the others. */
    public ClaimConstants withChip(Accelerator accelerator, NodeType node) {
        Chip own = chip(accelerator, node);
        List<Chip> all =
                Stream.concat(
                                chips.stream().filter(chip -> !chip.name().equals(own.name())),
                                Stream.of(own))
                        .toList();
        return new ClaimConstants(all, network, siteUsage);
    }

    /** For claims that give no PUE of their own. */
    public ClaimConstants withSiteUsage(Figure newSiteUsage) {
        return new ClaimConstants(chips, network, newSiteUsage);
    }

    double itOverhead() {
        return network.value().likely();
    }

    double pue() {
        return siteUsage.value().likely();
    }

    /** Such as {@code PUE of Meta: 1.08 (stated, PRESS)}. */
    static Said told(Figure figure) {
        Quantity value = figure.value();
        return Said.of(
                "{}: {} ({}, {})",
                Said.named(figure.title()),
                Numbers.text(value.likely()),
                Said.named(value.grade().toString()),
                source(value));
    }

    /** Short names of the catalogue stay as they are; others are words. */
    private static Said source(Quantity value) {
        boolean isShort = value.source().equals(value.source().toUpperCase(Locale.ROOT));
        return isShort ? Said.quoted(value.source()) : Said.named(value.source());
    }

    private static Chip chip(Accelerator chip, NodeType host) {
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

    private static Said source(Accelerator chip, NodeType node, double rated) {
        Quantity share = node.trainingShare();
        Said usual =
                Said.of(
                        "{}: TDP {} ({}, {}), with its host {} W ({}, {}), in training {} % of it ({}, {})",
                        Said.quoted(chip.name()),
                        Numbers.text(chip.tdp().likely()) + " " + chip.tdp().unit().symbol(),
                        Said.named(chip.tdp().grade().toString()),
                        Said.quoted(chip.tdp().source()),
                        Numbers.text(rated),
                        Said.named(node.hostWatts().grade().toString()),
                        Said.quoted(node.hostWatts().source()),
                        Numbers.text(100 * share.likely()),
                        Said.named(share.grade().toString()),
                        Said.quoted(share.source()));
        return node.maximumShare(chip) == share.high()
                ? usual
                : Said.of(
                        "{}; highest measured {} W ({})",
                        usual,
                        Numbers.text(rated * node.maximumShare(chip)),
                        Said.quoted(node.trainingMaximum().map(Quantity::source).orElse("")));
    }
}
