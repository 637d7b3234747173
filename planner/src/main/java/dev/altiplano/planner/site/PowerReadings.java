package dev.altiplano.planner.site;

import static dev.altiplano.planner.quantity.Checks.positive;
import static dev.altiplano.planner.quantity.Checks.share;

import dev.altiplano.planner.quantity.AcceleratorPower;
import dev.altiplano.planner.quantity.NodePower;
import java.util.EnumMap;
import java.util.Map;

/**
 * One accelerator at each reading and boundary, at the PUE of the design load.
 *
 * @param server rated figures
 * @param typicalShare of the node's rated power in training, 0 to 1
 * @param maximumShare the most that was measured, 0 to 1
 */
public record PowerReadings(
        ServerPower server, double typicalShare, double maximumShare, PowerChain chain) {
    public PowerReadings {
        share("typicalShare", typicalShare);
        share("maximumShare", maximumShare);
        positive("typicalShare", typicalShare);
    }

    /** One accelerator with its share of host, network, storage and site. */
    public BoundaryPowers perAccelerator(PowerReading reading) {
        return switch (reading) {
            case ACCELERATORS_ONLY -> withoutHost();
            case TYPICAL -> ofRated(typicalShare);
            case MEASURED_MAXIMUM -> ofRated(maximumShare);
            case RATED -> ofRated(1);
        };
    }

    /** Every reading of a cluster, from least to most. */
    public Map<PowerReading, BoundaryPowers> of(double gpus) {
        Map<PowerReading, BoundaryPowers> all = new EnumMap<>(PowerReading.class);
        for (PowerReading reading : PowerReading.values()) {
            all.put(reading, perAccelerator(reading).times(gpus));
        }
        return all;
    }

    private BoundaryPowers withoutHost() {
        AcceleratorPower accelerator = server.accelerator(1);
        return BoundaryPowers.atDesign(accelerator, accelerator.withHosts(0), chain);
    }

    /** The host keeps its rated share; what is left is the accelerator's. */
    private BoundaryPowers ofRated(double ratedShare) {
        NodePower node = server.rated().times(ratedShare);
        double acceleratorWatts = Math.max(0, node.watts() - server.hostWatts());
        return BoundaryPowers.atDesign(new AcceleratorPower(acceleratorWatts), node, chain);
    }
}
