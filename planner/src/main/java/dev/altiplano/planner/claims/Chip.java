package dev.altiplano.planner.claims;

import java.util.List;

/**
 * An accelerator as claims count it.
 *
 * @param names as people write them, without hyphens
 * @param tdpWatts of the accelerator alone
 * @param ratedWatts its share of the rated node
 * @param typicalWatts its share of the node while training
 * @param maximumWatts its share of the node at the measured (or likely highest) draw in training
 * @param bf16Flops dense
 * @param fp8Flops dense, 0 if it has none
 * @param fp64Flops matrix, 0 if not known
 * @param memoryBytes as marketed
 * @param powerSource of the watts
 */
public record Chip(
        String name,
        List<String> names,
        double tdpWatts,
        double ratedWatts,
        double typicalWatts,
        double maximumWatts,
        double bf16Flops,
        double fp8Flops,
        double fp64Flops,
        double memoryBytes,
        Said powerSource) {
    public Chip {
        names = List.copyOf(names);
    }
}
