package dev.altiplano.planner;

import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.quantity.NodePower;
import dev.altiplano.planner.simulation.HourlyRates;
import dev.altiplano.planner.simulation.PowerPlan;
import dev.altiplano.planner.site.CapSchedule;
import dev.altiplano.planner.site.GridSeries;
import dev.altiplano.planner.site.Machines;
import dev.altiplano.planner.site.PowerChain;
import java.util.ArrayList;
import java.util.List;

/** The power of a plan's site as the simulator takes it: watts at the meter, node by node. */
final class SimulatedPower {
    private SimulatedPower() {}

    /**
     * The run has its own spares; what the cluster holds beside the run idles all the time and so
     * counts as fixed.
     *
     * @param runGpus of the job and its spares
     */
    static PowerPlan of(PlanInput input, SitePower site, double runGpus) {
        Machines machines = site.machines();
        PowerChain chain = machines.readings().chain();
        double perNode =
                input.cluster().node().gpus()
                        * (1 + chain.networkShare())
                        * (1 + chain.variableOverhead());
        NodePower idle = machines.readings().server().idle();
        double leftOverNodes =
                Math.max(0, site.installed() - runGpus) / input.cluster().node().gpus();
        return new PowerPlan(
                machines.training().watts() * perNode,
                machines.waiting().watts() * perNode,
                idle.watts() * perNode,
                chain.fixedWatts() + leftOverNodes * idle.watts() * perNode,
                input.site().figures().capExponent().likely(),
                input.site().policy(),
                caps(site.caps()),
                input.site().series().map(s -> rates(s.grid())).orElse(HourlyRates.NONE));
    }

    private static HourlyRates rates(GridSeries grid) {
        return new HourlyRates(
                grid.hours().stream().mapToDouble(GridSeries.Hour::kgPerKwh).toArray(),
                grid.hours().stream().mapToDouble(h -> h.pricePerKwh().toDouble()).toArray());
    }

    private static List<PowerPlan.Cap> caps(CapSchedule schedule) {
        List<PowerPlan.Cap> caps = new ArrayList<>();
        schedule.standing().ifPresent(cap -> caps.add(PowerPlan.Cap.always(cap.watts())));
        schedule.windows()
                .forEach(
                        window ->
                                caps.add(
                                        PowerPlan.Cap.ofSeconds(
                                                window.fromSeconds(),
                                                window.untilSeconds(),
                                                window.limit().watts())));
        return caps;
    }
}
