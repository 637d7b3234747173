package dev.altiplano.planner.report;

import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.quantity.ItPower;
import dev.altiplano.planner.quantity.NodePower;
import dev.altiplano.planner.site.BoundaryPowers;
import dev.altiplano.planner.site.PowerChain;
import dev.altiplano.planner.site.PowerReading;
import dev.altiplano.planner.site.PowerReadings;
import java.util.Arrays;
import java.util.List;

/**
 * What the question comes to, reading by reading.
 *
 * @param rows every reading, from least to most
 * @param idle at the meter when no machine has work
 */
record PowerAnswer(PowerQuestion question, Chip chip, List<Row> rows, FacilityPower idle) {
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

    static PowerAnswer of(PowerQuestion question, Chip chip) {
        ItPower design = new ItPower(chip.server().rated().times((double) question.gpus()).watts());
        PowerChain chain =
                new PowerChain(chip.networkShare(), question.pue(), chip.fixedShare(), design);
        PowerReadings readings =
                new PowerReadings(chip.server(), chip.typicalShare(), chip.maximumShare(), chain);
        List<Row> rows =
                Arrays.stream(PowerReading.values())
                        .map(reading -> row(question, reading, readings.perAccelerator(reading)))
                        .toList();
        NodePower idle = chip.server().idle().times((double) question.gpus());
        return new PowerAnswer(question, chip, rows, chain.facility(chain.it(idle)));
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
