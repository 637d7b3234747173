package dev.altiplano.planner.input;

import dev.altiplano.planner.catalog.Accelerator;
import dev.altiplano.planner.catalog.NodeType;
import dev.altiplano.planner.step.AcceleratorSpec;
import dev.altiplano.planner.step.FabricSpec;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What it is trained on.
 *
 * @param spec the accelerator's likely figures, as the step model takes them
 * @param rackGpus accelerators of a rack
 * @param spareNodes nodes kept free; empty for as many as failures ask for
 * @param inventory file of nodes
 */
public record ClusterInput(
        Accelerator accelerator,
        AcceleratorSpec spec,
        NodeType node,
        long gpus,
        FabricSpec fabric,
        long rackGpus,
        Optional<Integer> spareNodes,
        Optional<Path> inventory) {}
