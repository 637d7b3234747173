package dev.altiplano.cli.plan;

import dev.altiplano.planner.CarbonPlan;
import dev.altiplano.planner.ClusterPower;
import dev.altiplano.planner.Plan;
import dev.altiplano.planner.RunGrid;
import dev.altiplano.planner.StepPower;
import dev.altiplano.planner.explain.Term;
import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.site.BoundaryPowers;
import dev.altiplano.planner.site.GridLimits;
import dev.altiplano.planner.site.Machines;
import dev.altiplano.planner.site.PowerReading;
import dev.altiplano.planner.site.StepPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;

/** {@code plan power}: megawatts at each boundary, energy, carbon and water of the run. */
@Command(
        name = "power",
        mixinStandardHelpOptions = true,
        description = {
            "Power of the cluster at each boundary and in each reading.",
            "Also the swing of its steps, and the energy, carbon and water of the run."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan power plan.yaml --explain",
            "  altiplano plan power plan.yaml --set site.region=TX --json",
        })
final class PowerVerb extends PlanFileVerb {
    @Override
    Answer answer() {
        Plan plan = plan();
        ClusterPower power = plan.power();
        Machines machines = power.machines();
        Answer answer =
                about(plan, "Power and energy")
                        .fact("region", "region", plan.input().site().region().title())
                        .fact("job_gpus", "GPUs of the job", plan.compute().jobGpus())
                        .fact(
                                "idle_gpus",
                                "GPUs that idle beside it, spares included",
                                Math.round(machines.idle()))
                        .figure("training", "meter while training", power.training().value());
        meter(answer, "waiting", "meter in stalls and restarts", power.waiting());
        meter(
                answer,
                "idle",
                "meter with everything idle",
                machines.meter(machines.readings().server().idle()));
        share(answer, "speed_under_cap", "speed that the cap leaves", power.speedUnderCap());
        answer.figure("days", "days of training", plan.failures().trainingDays().value())
                .figure("energy", "energy of the run, at the meter", power.energy().value())
                .figure(
                        "joules_per_token",
                        "energy of a token",
                        power.joulesPerToken(plan.input().training().tokens()),
                        "J",
                        power.energy().value().grade());
        series(answer, RunGrid.of(plan.input(), plan.failures()));
        carbon(answer, plan.carbon());
        readings(answer, power);
        plan.layout()
                .chosen()
                .ifPresent(chosen -> swing(answer, plan, StepPower.of(machines, chosen.step())));
        GoodputVerb.movers(answer, "the energy", power.energy());
        return answer.explain(terms(plan))
                .note("Readings of the whole cluster count the PUE at the site's design load.");
    }

    private static void meter(Answer answer, String key, String label, FacilityPower power) {
        answer.figure(key, label, power.megawatts(), "MW", Grade.ASSUMED);
    }

    private static void share(Answer answer, String key, String label, double share) {
        answer.figure(key, label, share, "", Grade.ASSUMED);
    }

    private static void carbon(Answer answer, CarbonPlan carbon) {
        Grade made = Grade.ASSUMED;
        answer.figure("carbon", "CO2 of the energy, location-based", carbon.location().value());
        answer.figure(
                "embodied",
                "CO2 of making the hardware, its part",
                carbon.report().embodied().tonnes(),
                "t",
                made);
        carbon.card()
                .ifPresent(
                        card ->
                                answer.figure(
                                        "card_carbon",
                                        "CO2 as a model card counts (hours x TDP x factor)",
                                        card.tonnes(),
                                        "t",
                                        Grade.DERIVED));
        answer.figure("water", "water of cooling", carbon.water().litres(), "L", Grade.STATED);
    }

    static void readings(Answer answer, ClusterPower power) {
        Grid grid =
                answer.grid("readings", "What the power of the cluster may mean, MW")
                        .text("reading", "reading")
                        .number("accelerator_mw", "accelerators")
                        .number("node_mw", "nodes")
                        .number("it_mw", "IT")
                        .number("facility_mw", "facility");
        for (PowerReading reading : PowerReading.values()) {
            BoundaryPowers powers = power.at(reading);
            grid.row(
                    reading.title(),
                    powers.accelerator().megawatts(),
                    powers.node().megawatts(),
                    powers.it().megawatts(),
                    powers.facility().megawatts());
        }
    }

    private static void swing(Answer answer, Plan plan, StepPattern pattern) {
        answer.figure(
                "swing", "swing in each step", pattern.swingWatts() / 1e6, "MW", Grade.ASSUMED);
        answer.fact("step_hertz", "steps a second, Hz", pattern.fundamental().hertz());
        pattern.strongestInBand()
                .ifPresent(
                        found ->
                                answer.figure(
                                        "oscillation",
                                        "strongest oscillation in 0.1 to 20 Hz",
                                        found.amplitudeWatts() / 1e6,
                                        "MW",
                                        Grade.ASSUMED));
        OptionalDouble ramp =
                plan.input().site().rampWattsPerSecond().stream().mapToDouble(r -> r).findFirst();
        GridLimits limits = new GridLimits(ramp, OptionalDouble.empty(), OptionalDouble.empty());
        for (GridLimits.Finding finding : limits.check(pattern, plan.power().waiting(), 1)) {
            answer.note(
                    "%s within one second: %.4g MW/min, the limit is %.4g%s"
                            .formatted(
                                    finding.what(),
                                    finding.value() * 60 / 1e6,
                                    finding.limit() * 60 / 1e6,
                                    finding.isKept() ? "" : ": not kept without storage"));
        }
    }

    private static List<Term> terms(Plan plan) {
        Machines machines = plan.power().machines();
        double intensity = machines.readings().server().intensityAt(machines.training());
        List<Term> terms = new ArrayList<>(machines.readings().server().terms(intensity));
        terms.addAll(
                machines.readings()
                        .chain()
                        .terms(
                                machines.training()
                                        .times(machines.working())
                                        .plus(
                                                machines.readings()
                                                        .server()
                                                        .idle()
                                                        .times(machines.idle()))));
        plan.input()
                .site()
                .cardFactor()
                .ifPresent(
                        factor -> terms.addAll(plan.carbon().cardEnergy().terms(factor.likely())));
        terms.addAll(plan.carbon().water().terms());
        return terms;
    }
}
