package dev.altiplano.planner.report;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.catalog.NodeType;
import dev.altiplano.planner.quantity.ItPower;
import dev.altiplano.planner.site.BoundaryPowers;
import dev.altiplano.planner.site.PowerChain;
import dev.altiplano.planner.site.PowerReading;
import dev.altiplano.planner.site.PowerReadings;
import dev.altiplano.planner.site.ServerPower;
import java.util.Arrays;
import java.util.List;

/**
 * What the question comes to, reading by reading.
 *
 * @param server rated figures of one accelerator and its share of the host
 * @param typicalShare of the rated power of a node in training
 * @param maximumShare the most that was measured
 * @param networkShare network and storage over the nodes
 * @param rows every reading, from least to most
 */
record PowerAnswer(
        PowerQuestion question,
        ServerPower server,
        double typicalShare,
        double maximumShare,
        double networkShare,
        List<Row> rows) {
    PowerAnswer {
        rows = List.copyOf(rows);
    }

    /**
     * One reading.
     *
     * @param perGpu one accelerator with its share
     * @param all the whole cluster
     * @param fits whether the meter stays at or below the cap
     * @param fleet the most accelerators that the cap feeds
     */
    record Row(
            PowerReading reading,
            BoundaryPowers perGpu,
            BoundaryPowers all,
            boolean fits,
            long fleet) {}

    static PowerAnswer of(PowerQuestion question, Catalog catalog) {
        var accelerator = catalog.accelerators().get("h100-sxm");
        NodeType node = catalog.nodes().get("hgx-h100");
        if (accelerator == null || node == null) {
            throw new IllegalStateException("the catalogue has no H100");
        }
        ServerPower server =
                new ServerPower(
                        accelerator.idle().base(),
                        accelerator.tdp().base(),
                        node.hostWatts().base());
        double networkShare = catalog.figure("network-and-storage").value().likely();
        double fixedShare = catalog.figure("fixed-overhead-share").value().likely();
        double typicalShare = node.trainingShare().likely();
        double maximumShare = node.maximumShare(accelerator);
        ItPower design = new ItPower(server.rated().times((double) question.gpus()).watts());
        PowerReadings readings =
                new PowerReadings(
                        server,
                        typicalShare,
                        maximumShare,
                        new PowerChain(networkShare, question.pue(), fixedShare, design));
        List<Row> rows =
                Arrays.stream(PowerReading.values())
                        .map(reading -> row(question, reading, readings.perAccelerator(reading)))
                        .toList();
        return new PowerAnswer(question, server, typicalShare, maximumShare, networkShare, rows);
    }

    private static Row row(PowerQuestion question, PowerReading reading, BoundaryPowers one) {
        BoundaryPowers all = one.times((double) question.gpus());
        return new Row(
                reading,
                one,
                all,
                all.facility().watts() <= question.capWatts(),
                (long) Math.floor(question.capWatts() / one.facility().watts()));
    }

    Row row(PowerReading reading) {
        return rows.stream().filter(row -> row.reading() == reading).findFirst().orElseThrow();
    }

    Row chosen() {
        return row(question.reading());
    }
}
