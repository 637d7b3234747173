package dev.altiplano.planner;

import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.input.SiteInput.Curtailment;
import dev.altiplano.planner.input.SiteInput.PowerLimit;
import dev.altiplano.planner.quantity.ItPower;
import dev.altiplano.planner.quantity.NodePower;
import dev.altiplano.planner.simulation.PowerPlan;
import dev.altiplano.planner.site.BoundaryPowers;
import dev.altiplano.planner.site.PowerChain;
import dev.altiplano.planner.site.PowerReading;
import dev.altiplano.planner.site.PowerReadings;
import dev.altiplano.planner.site.ServerPower;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Power of a plan's cluster, from the accelerator to the meter. */
final class SitePlanner {
    /** Network and storage over the nodes (stated, SEMI). */
    private static final double NETWORK_SHARE = 0.10;

    /** Part of the facility's overhead that does not follow the load (assumed). */
    private static final double FIXED_SHARE = 0.30;

    /** Power of an accelerator that waits over one that trains (assumed; 0.35 to 0.60). */
    private static final double WAITING_SHARE = 0.45;

    /** The highest that was measured in training: 8.4 of 10.2 kW. */
    private static final double MAXIMUM_SHARE = 8.4 / 10.2;

    private SitePlanner() {}

    static ServerPower server(PlanInput input) {
        return new ServerPower(
                input.cluster().accelerator().idle().base(),
                input.cluster().accelerator().tdp().base(),
                input.cluster().node().hostWatts().base());
    }

    /** A site that is built for the whole cluster at rated power. */
    static PowerChain chain(PlanInput input) {
        NodePower rated = server(input).rated().times((double) input.cluster().gpus());
        return new PowerChain(
                NETWORK_SHARE,
                input.site().pue().base(),
                FIXED_SHARE,
                new ItPower(rated.watts() * (1 + NETWORK_SHARE)));
    }

    static PowerReadings readings(PlanInput input) {
        double typical = typicalShare(input, input.cluster().node().trainingShare().likely());
        return new PowerReadings(
                server(input), typical, Math.max(typical, MAXIMUM_SHARE), chain(input));
    }

    /** Of rated node power in training; a measured figure of the run takes the place of others. */
    private static double typicalShare(PlanInput input, double share) {
        ServerPower server = server(input);
        return input.measured()
                .wattsPerGpu()
                .map(w -> Math.min(1, (w.base() + server.hostWatts()) / server.rated().watts()))
                .orElse(share);
    }

    /** Watts at the meter, as the simulator takes them, with every limit of the site. */
    static PowerPlan simulated(PlanInput input) {
        ServerPower server = server(input);
        PowerChain chain = chain(input);
        double perNode =
                input.cluster().node().gpus()
                        * (1 + chain.networkShare())
                        * (1 + chain.variableOverhead());
        BoundaryPowers training = readings(input).perAccelerator(PowerReading.TYPICAL);
        double idle = server.idle().watts();
        double busy = Math.max(idle, training.node().watts());
        double waiting =
                Math.clamp(
                        server.hostWatts() + WAITING_SHARE * training.accelerator().watts(),
                        idle,
                        busy);
        return new PowerPlan(
                busy * perNode,
                waiting * perNode,
                idle * perNode,
                chain.fixedWatts(),
                PowerPlan.CAP_EXPONENT,
                input.site().policy(),
                caps(input, training));
    }

    private static List<PowerPlan.Cap> caps(PlanInput input, BoundaryPowers training) {
        List<PowerPlan.Cap> caps = new ArrayList<>();
        input.site().cap().ifPresent(cap -> caps.add(PowerPlan.Cap.always(meter(cap, training))));
        LocalDateTime start = input.site().start();
        for (Curtailment window : input.site().curtailments()) {
            double from = Math.max(0, seconds(start, window.from()));
            double until = seconds(start, window.until());
            if (until > from) {
                caps.add(PowerPlan.Cap.ofSeconds(from, until, meter(window.limit(), training)));
            }
        }
        return caps;
    }

    static double meter(PowerLimit limit, BoundaryPowers training) {
        return training.facilityFor(limit.watts(), limit.boundary()).watts();
    }

    private static double seconds(LocalDateTime start, LocalDateTime moment) {
        return Duration.between(start, moment).toSeconds();
    }
}
