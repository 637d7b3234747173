package dev.altiplano.planner.input;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.catalog.Profiles;
import dev.altiplano.planner.reliability.FailureProfile;
import dev.altiplano.planner.schema.Section;
import dev.altiplano.planner.simulation.RecoveryPolicy;
import java.util.Optional;

/** Reads {@code reliability}. */
final class ReliabilityPart {
    private static final double SECONDS_PER_HOUR = 3_600;

    private ReliabilityPart() {}

    static ReliabilityInput read(Section section, Catalog catalog, ClusterInput cluster) {
        Section checkpoint = section.block("checkpoint");
        boolean auto = checkpoint.optionalText("interval").filter("auto"::equals).isPresent();
        return new ReliabilityInput(
                profile(section, catalog, cluster),
                section.choice("recovery", RecoveryPolicy.class),
                auto ? Optional.empty() : checkpoint.optionalNumber("interval"),
                checkpoint.number("stall"),
                checkpoint.number("bytes_per_param"),
                section.number("storage"),
                section.optionalNumber("restart"),
                section.number("corruption_delay") / SECONDS_PER_HOUR);
    }

    private static FailureProfile profile(Section section, Catalog catalog, ClusterInput cluster) {
        Optional<Section> own = section.optionalBlock("profile");
        if (own.isEmpty()) {
            return Named.of(catalog.profiles(), section.text("profile"));
        }
        int gpusPerNode = cluster.node().gpus();
        int nodesPerRack = (int) Math.max(1, cluster.rackGpus() / gpusPerNode);
        String source = own.get().place().toString();
        return Profiles.profile("own", source, own.get(), gpusPerNode, nodesPerRack);
    }
}
