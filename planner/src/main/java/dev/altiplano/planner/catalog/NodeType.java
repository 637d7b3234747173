package dev.altiplano.planner.catalog;

import static dev.altiplano.planner.schema.Shape.number;
import static dev.altiplano.planner.schema.Shape.whole;

import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.schema.Key;
import dev.altiplano.planner.schema.Section;
import dev.altiplano.planner.schema.Shape;
import java.util.Optional;

/**
 * A host with its accelerators.
 *
 * @param accelerator name of what it is built for; empty where it takes any
 * @param gpus accelerators of one host
 * @param linkDomain accelerators that reach each other over the fast link
 * @param hostWatts rated power of the host's share, per accelerator
 * @param trainingShare power in training over rated power
 * @param trainingMaximum the most that the whole node was measured at in training, with the
 *     accelerator that it is built for
 * @param nic network rate per accelerator and direction
 */
public record NodeType(
        String name,
        String title,
        Optional<String> accelerator,
        int gpus,
        int linkDomain,
        Quantity hostWatts,
        Quantity trainingShare,
        Optional<Quantity> trainingMaximum,
        Quantity nic) {

    /** The keys of a node, here and in plan files. */
    public static final Shape.Block SHAPE =
            Shape.block(
                    Key.optional("accelerator", new Shape.Text(100), "what it is built for"),
                    Key.required("gpus", whole(1, 100_000), "accelerators of one host"),
                    Key.optional(
                            "link_domain",
                            whole(1, 10_000_000),
                            "accelerators on one fast link; by default those of the host"),
                    Key.withDefault(
                            "host_watts",
                            number("W", 0, 1e5),
                            "575 W",
                            "rated power of the host per accelerator"),
                    Key.withDefault(
                            "training_share",
                            number("", 0.01, 1),
                            "0.76",
                            "power in training over rated power"),
                    Key.optional(
                            "training_maximum",
                            number("W", 1, 1e8),
                            "the most that the whole host was measured at in training"),
                    Key.withDefault(
                            "nic",
                            number("Gb/s", 1e-3, 1e6),
                            "400 Gb/s",
                            "network rate per accelerator"));

    static NodeType of(String name, String title, Section section) {
        int gpus = section.whole("gpus");
        return new NodeType(
                name,
                title,
                section.optionalText("accelerator"),
                gpus,
                section.optionalNumber("link_domain").map(Double::intValue).orElse(gpus),
                section.quantity("host_watts"),
                section.quantity("training_share"),
                section.optionalQuantity("training_maximum"),
                section.quantity("nic"));
    }

    /** Rated watts of one {@code chip} and its share of the host. */
    public double ratedWatts(Accelerator chip) {
        return chip.tdp().base() + hostWatts.base();
    }

    /**
     * The highest power in training over rated power: measured for the accelerator that the node is
     * built for, else the high end of the usual share.
     */
    public double maximumShare(Accelerator chip) {
        double usual = trainingShare.high();
        return trainingMaximum
                .filter(measured -> accelerator.equals(Optional.of(chip.name())))
                .map(measured -> measured.base() / (gpus * ratedWatts(chip)))
                .orElse(usual);
    }

    /** One that a plan file describes itself. */
    public static NodeType own(Section section) {
        return of("own", "node of the plan", section);
    }
}
