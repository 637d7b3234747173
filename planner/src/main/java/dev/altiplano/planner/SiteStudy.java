package dev.altiplano.planner;

import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.simulation.CapPolicy;
import dev.altiplano.planner.simulation.RecoveryPlan;
import dev.altiplano.planner.site.CapSchedule;
import dev.altiplano.planner.site.Curtailment;
import dev.altiplano.planner.site.CurtailmentPlan;
import dev.altiplano.planner.site.CurtailmentPlanner;
import dev.altiplano.planner.site.FleetOffers;
import dev.altiplano.planner.site.Machines;
import dev.altiplano.planner.site.PowerReading;
import dev.altiplano.planner.site.PowerReadings;
import dev.altiplano.planner.site.Throughput;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A cluster under its site's limits.
 *
 * @param readings of one accelerator
 * @param cap at the meter
 * @param offers the ways to keep the cap, if full speed draws what {@code reading} says
 * @param curtailment what each policy makes of the windows; empty without any
 * @param tokensPerSecond of the plan's job at full speed
 */
public record SiteStudy(
        PowerReadings readings,
        PowerReading reading,
        FacilityPower cap,
        FleetOffers offers,
        List<CurtailmentPlan> curtailment,
        double tokensPerSecond) {
    private static final double AFTER_SECONDS = 86_400;

    public SiteStudy {
        curtailment = List.copyOf(curtailment);
    }

    /** Throws E004 if the site has no cap, E303 if a window is below what the cluster idles at. */
    public static SiteStudy of(PlanInput input, PowerReading reading, int threads) {
        SparePlan spares = SparePlan.of(input);
        LayoutPlan layout = new LayoutPlanner(input, spares, threads, System::nanoTime).plan();
        ComputePlan compute = ComputePlanner.plan(input, layout, spares);
        int replicas = layout.chosen().map(chosen -> chosen.layout().dp()).orElse(1);
        SitePower site = new SitePower(input, compute.jobGpus(), spares.nodes(), replicas);
        FacilityPower cap = site.standingCap().orElseThrow(SiteStudy::noCap);
        Machines machines = site.machines();
        PowerReadings readings = machines.readings();
        double perGpu = compute.tokensPerSecond().likely() / (double) compute.jobGpus();
        FleetOffers offers =
                new FleetOffers(
                        input.cluster().gpus(),
                        input.cluster().node().gpus(),
                        readings.server(),
                        readings.perAccelerator(reading).node(),
                        readings.chain(),
                        input.site().figures().capExponent().likely(),
                        cap,
                        Throughput.linear(perGpu * 86_400));
        return new SiteStudy(
                readings,
                reading,
                cap,
                offers,
                curtailment(input, site, compute),
                compute.tokensPerSecond().likely());
    }

    /** The most accelerators of each reading that the cap feeds. */
    public long largestFleet(PowerReading of) {
        return FleetOffers.largest(cap, readings.perAccelerator(of).facility());
    }

    private static List<CurtailmentPlan> curtailment(
            PlanInput input, SitePower site, ComputePlan compute) {
        CapSchedule caps = site.caps();
        if (caps.windows().isEmpty()) {
            return List.of();
        }
        double last =
                caps.windows().stream().mapToDouble(Curtailment::untilSeconds).max().orElseThrow();
        RecoveryPlan back =
                RunPlanner.recovery(
                        input.reliability(), RunPlanner.checkpoint(input.reliability(), compute));
        double resume =
                input.reliability().stallSeconds()
                        + back.connect().likelySeconds()
                        + back.load().likelySeconds();
        OptionalDouble ramp =
                input.site().rampWattsPerSecond().stream().mapToDouble(r -> r).findFirst();
        CurtailmentPlanner planner =
                new CurtailmentPlanner(
                        site.load(),
                        caps,
                        ramp,
                        last + AFTER_SECONDS,
                        compute.tokensPerSecond().likely(),
                        resume);
        return Arrays.stream(CapPolicy.values()).map(planner::plan).toList();
    }

    private static PlannerException noCap() {
        return new PlannerException(
                Problem.of(ErrorCode.E004, "the site has no cap to fit a fleet under")
                        .allowing("site.cap, as {value: 150 MW, of: facility}"));
    }
}
