package dev.altiplano.planner.report;

import dev.altiplano.planner.catalog.Accelerator;
import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.catalog.NodeType;
import dev.altiplano.planner.input.ClusterInput;
import dev.altiplano.planner.site.ServerPower;

/**
 * What the cluster of a question is made of.
 *
 * @param name as in the question
 * @param server rated figures of one accelerator and its share of the host
 * @param typicalShare of the rated power of a node in training
 * @param maximumShare the most that was measured
 * @param networkShare network and storage over the nodes
 * @param fixedShare of the overhead that does not follow the load
 */
record Chip(
        String name,
        ServerPower server,
        double typicalShare,
        double maximumShare,
        double networkShare,
        double fixedShare) {
    private static final String H100 = "h100-sxm";

    /** Eight H100 in a machine. */
    static Chip h100(Catalog catalog) {
        Accelerator accelerator = catalog.accelerators().get(H100);
        NodeType node = catalog.nodes().get("hgx-h100");
        if (accelerator == null || node == null) {
            throw new IllegalStateException("the catalogue has no H100");
        }
        return of(catalog, accelerator, node);
    }

    /** Of a plan. */
    static Chip of(Catalog catalog, ClusterInput cluster) {
        return of(catalog, cluster.accelerator(), cluster.node());
    }

    private static Chip of(Catalog catalog, Accelerator accelerator, NodeType node) {
        return new Chip(
                accelerator.name().equals(H100) ? "H100" : accelerator.title(),
                new ServerPower(
                        accelerator.idle().base(),
                        accelerator.tdp().base(),
                        node.hostWatts().base()),
                node.trainingShare().likely(),
                node.maximumShare(accelerator),
                catalog.figure("network-and-storage").value().likely(),
                catalog.figure("fixed-overhead-share").value().likely());
    }

    boolean isH100() {
        return name.equals("H100");
    }
}
