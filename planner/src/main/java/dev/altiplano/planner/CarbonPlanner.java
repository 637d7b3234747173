package dev.altiplano.planner;

import dev.altiplano.planner.catalog.SiteFigures;
import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.quantity.Estimate;
import dev.altiplano.planner.quantity.Propagation;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.quantity.Unit;
import dev.altiplano.planner.site.CarbonReport;
import dev.altiplano.planner.site.CardEnergy;
import dev.altiplano.planner.site.EmbodiedCarbon;
import dev.altiplano.planner.site.LocationCarbon;
import dev.altiplano.planner.site.Water;
import java.util.Map;
import java.util.Optional;

/** Carbon and water from the energy of the run. */
final class CarbonPlanner {
    private static final Unit KG_PER_KWH = Unit.of("kg/kWh");
    private static final String ENERGY = "energy";
    private static final String GRID = "carbon of the grid";

    private CarbonPlanner() {}

    static CarbonPlan plan(
            PlanInput input, ComputePlan compute, FailurePlan failures, ClusterPower power) {
        Quantity grid = RunGrid.of(input, failures).carbon();
        Estimate location =
                Propagation.of(
                        Map.of(ENERGY, power.energy().value(), GRID, grid),
                        Unit.of("t"),
                        draw -> draw.get(ENERGY) * draw.get(GRID));
        double hours = failures.trainingDays().value().in(Unit.of("h")).likely();
        double gpuHours = (double) compute.jobGpus() * hours;
        double installedHours = (power.machines().working() + power.machines().idle()) * hours;
        SiteFigures figures = input.site().figures();
        EmbodiedCarbon embodied =
                EmbodiedCarbon.of(
                        figures.embodied().base(),
                        installedHours,
                        input.money().life().in(Unit.of("h")).likely());
        CardEnergy card = new CardEnergy(gpuHours, input.cluster().accelerator().tdp().base());
        return new CarbonPlan(
                location,
                new CarbonReport(
                        LocationCarbon.of(power.kilowattHours(), grid.in(KG_PER_KWH).likely()),
                        Optional.empty(),
                        embodied),
                card,
                input.site().cardFactor().map(f -> card.carbon(f.in(KG_PER_KWH).likely())),
                new Water(power.itKilowattHours(), figures.water().in(Unit.of("L/kWh")).likely()));
    }
}
