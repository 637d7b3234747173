package dev.altiplano.planner;

import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.quantity.Estimate;
import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.quantity.Formula;
import dev.altiplano.planner.quantity.Propagation;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.quantity.Unit;
import dev.altiplano.planner.site.Machines;
import java.util.LinkedHashMap;
import java.util.Map;

/** Power while the job runs, and the energy of the run, in closed form. */
final class PowerPlanner {
    static final String DAYS = "days of training";

    private final PlanInput input;
    private final SitePower site;
    private final double waitingShare;
    private final double capWatts;

    private PowerPlanner(PlanInput input, SitePower site, ComputePlan compute, FailurePlan run) {
        this.input = input;
        this.site = site;
        // Hours that a run reports do not tell its stops apart.
        waitingShare = compute.speedIncludesStops() ? 0 : run.kept().waitingShare();
        capWatts = site.standingCap().map(FacilityPower::watts).orElse(Double.POSITIVE_INFINITY);
    }

    static ClusterPower plan(
            PlanInput input, SitePower site, ComputePlan compute, FailurePlan failures) {
        return new PowerPlanner(input, site, compute, failures).plan(failures);
    }

    private ClusterPower plan(FailurePlan failures) {
        Quantity days = failures.trainingDays().value();
        Map<String, Quantity> inputs = new LinkedHashMap<>(site.inputs());
        inputs.put(DAYS, days);
        Estimate energy =
                Propagation.of(
                        inputs,
                        Unit.of("MWh"),
                        draw -> meanWatts(site.machines(draw)) * Math.max(0, draw.get(DAYS)));
        Machines machines = site.machines();
        FacilityPower mean = new FacilityPower(meanWatts(machines));
        double hours = days.in(Unit.of("h")).likely();
        return new ClusterPower(
                machines,
                machines.readings().of((double) input.cluster().gpus()),
                Propagation.of(site.inputs(), Unit.of("MW"), this::trainingWatts),
                machines.meter(machines.waiting()),
                site.speedUnderCap(),
                energy,
                machines.readings().chain().itUnder(mean).watts() / 1_000 * hours);
    }

    private double trainingWatts(Formula.Draw draw) {
        return trainingWatts(site.machines(draw));
    }

    private double trainingWatts(Machines machines) {
        return Math.min(capWatts, machines.meter(machines.training()).watts());
    }

    private double meanWatts(Machines machines) {
        double training = trainingWatts(machines);
        double waiting = Math.min(capWatts, machines.meter(machines.waiting()).watts());
        return (1 - waitingShare) * training + waitingShare * waiting;
    }
}
