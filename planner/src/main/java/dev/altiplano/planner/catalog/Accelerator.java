package dev.altiplano.planner.catalog;

import static dev.altiplano.planner.schema.Shape.number;

import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.schema.Key;
import dev.altiplano.planner.schema.Section;
import dev.altiplano.planner.schema.Shape;
import java.util.Optional;

/**
 * One accelerator. FLOP/s are dense.
 *
 * @param memory as marketed
 * @param usableMemory what a program can use
 * @param link both directions together; empty where no figure is known
 * @param tdp rated power of the accelerator alone
 * @param idle power without work
 * @param speed of the work on the chip, relative to one without a power cap
 */
public record Accelerator(
        String name,
        String title,
        Quantity bf16,
        Optional<Quantity> fp8,
        Optional<Quantity> fp4,
        Optional<Quantity> fp64,
        Quantity memory,
        Quantity usableMemory,
        Quantity bandwidth,
        Optional<Quantity> link,
        Quantity tdp,
        Quantity idle,
        Quantity speed) {

    private static final Shape.Numeric FLOPS = number("TFLOP/s", 1e-6, 1e9);
    private static final Shape.Numeric BYTES = number("GB", 1e-3, 1e6);

    /** The keys of an accelerator, here and in plan files. */
    public static final Shape.Block SHAPE =
            Shape.block(
                    Key.required("bf16", FLOPS, "dense bf16 matrix FLOP/s"),
                    Key.optional("fp8", FLOPS, "dense FP8 matrix FLOP/s"),
                    Key.optional("fp4", FLOPS, "dense FP4 matrix FLOP/s"),
                    Key.optional("fp64", FLOPS, "FP64 matrix FLOP/s"),
                    Key.required("memory", BYTES, "memory as marketed"),
                    Key.optional("usable_memory", BYTES, "memory that a program can use"),
                    Key.required("bandwidth", number("TB/s", 1e-6, 1e5), "memory bandwidth"),
                    Key.optional(
                            "link",
                            number("GB/s", 1e-3, 1e6),
                            "link inside a node, both directions together"),
                    Key.required("tdp", number("W", 1, 1e5), "rated power of the accelerator"),
                    Key.withDefault(
                            "idle", number("W", 0, 1e5), "70 W", "power of an idle accelerator"),
                    Key.withDefault(
                            "speed",
                            number("", 0.01, 1),
                            "1",
                            "speed relative to an accelerator without a power cap"));

    static Accelerator of(String name, String title, Section section) {
        Quantity memory = section.quantity("memory");
        return new Accelerator(
                name,
                title,
                section.quantity("bf16"),
                section.optionalQuantity("fp8"),
                section.optionalQuantity("fp4"),
                section.optionalQuantity("fp64"),
                memory,
                section.optionalQuantity("usable_memory").orElse(memory),
                section.quantity("bandwidth"),
                section.optionalQuantity("link"),
                section.quantity("tdp"),
                section.quantity("idle"),
                section.quantity("speed"));
    }

    /** One that a plan file describes itself. */
    public static Accelerator own(Section section) {
        return of("own", "accelerator of the plan", section);
    }
}
