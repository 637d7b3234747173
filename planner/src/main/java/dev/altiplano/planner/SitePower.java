package dev.altiplano.planner;

import dev.altiplano.planner.catalog.SiteFigures;
import dev.altiplano.planner.input.ClusterInput;
import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.input.SiteInput.Curtailment;
import dev.altiplano.planner.input.SiteInput.PowerLimit;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.quantity.Formula;
import dev.altiplano.planner.quantity.ItPower;
import dev.altiplano.planner.quantity.Numbers;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.site.BoundaryPowers;
import dev.altiplano.planner.site.CapSchedule;
import dev.altiplano.planner.site.FleetLoad;
import dev.altiplano.planner.site.Machines;
import dev.altiplano.planner.site.PowerChain;
import dev.altiplano.planner.site.PowerReading;
import dev.altiplano.planner.site.PowerReadings;
import dev.altiplano.planner.site.ServerPower;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Power of a plan's cluster, from the accelerator to the meter, with the limits of its site. */
public final class SitePower {
    private static final String TDP = "accelerator at TDP";
    private static final String IDLE = "accelerator without work";
    private static final String HOST = "host for each accelerator";
    private static final String SHARE = "node in training over rated";
    private static final String MEASURED = "measured accelerator";
    private static final String NETWORK = "network and storage";
    private static final String PUE = "PUE";
    private static final String FIXED = "fixed part of the overhead";
    private static final String WAITING = "waiting over training";

    private final PlanInput input;
    private final Map<String, Quantity> inputs = new LinkedHashMap<>();
    private final double working;
    private final double installed;
    private final int replicas;
    private final Machines machines;

    /**
     * Of a job on {@code jobGpus} accelerators with {@code replicas} of the model, beside {@code
     * spareNodes} that idle.
     */
    SitePower(PlanInput input, long jobGpus, int spareNodes, int replicas) {
        this.input = input;
        this.replicas = replicas;
        ClusterInput cluster = input.cluster();
        working = (double) jobGpus;
        installed =
                Math.max(
                        (double) cluster.gpus(),
                        (double) jobGpus + (double) spareNodes * cluster.node().gpus());
        SiteFigures figures = input.site().figures();
        inputs.put(TDP, cluster.accelerator().tdp());
        inputs.put(IDLE, cluster.accelerator().idle());
        inputs.put(HOST, cluster.node().hostWatts());
        input.measured()
                .wattsPerGpu()
                .ifPresentOrElse(
                        watts -> inputs.put(MEASURED, watts),
                        () -> inputs.put(SHARE, cluster.node().trainingShare()));
        inputs.put(NETWORK, figures.networkShare());
        inputs.put(PUE, input.site().pue());
        inputs.put(FIXED, figures.fixedShare());
        inputs.put(WAITING, figures.waitingShare());
        machines = machines(this::likely);
    }

    /** Of a finished plan. */
    public static SitePower of(Plan plan) {
        return new SitePower(
                plan.input(),
                plan.compute().jobGpus(),
                plan.failures().spareNodes(),
                plan.layout().chosen().map(chosen -> chosen.layout().dp()).orElse(1));
    }

    /** Everything that is uncertain about the power, by name. */
    Map<String, Quantity> inputs() {
        return inputs;
    }

    double installed() {
        return installed;
    }

    /** At the likely values. */
    public Machines machines() {
        return machines;
    }

    private double likely(String name) {
        Quantity quantity = inputs.get(name);
        if (quantity == null) {
            throw new IllegalArgumentException("no input " + name);
        }
        return quantity.base();
    }

    /** At one draw of the inputs, kept to what is physically possible. */
    Machines machines(Formula.Draw draw) {
        double tdp = draw.get(TDP);
        double host = Math.max(0, draw.get(HOST));
        double idle = Math.clamp(draw.get(IDLE), 0, Math.max(0, tdp - 1e-6));
        ServerPower server = new ServerPower(idle, tdp, host);
        double rated = server.rated().watts();
        double typical =
                inputs.containsKey(MEASURED)
                        ? (draw.get(MEASURED) + host) / rated
                        : draw.get(SHARE);
        typical = Math.clamp(typical, 1e-6, 1);
        double network = Math.max(0, draw.get(NETWORK));
        double design = rated * (double) input.cluster().gpus() * (1 + network);
        PowerChain chain =
                new PowerChain(
                        network,
                        Math.max(1, draw.get(PUE)),
                        Math.clamp(draw.get(FIXED), 0, 1),
                        new ItPower(design));
        double maximum =
                Math.max(
                        typical,
                        input.cluster().node().maximumShare(input.cluster().accelerator()));
        PowerReadings readings = new PowerReadings(server, typical, Math.min(1, maximum), chain);
        return new Machines(
                readings, Math.clamp(draw.get(WAITING), 0, 1), working, installed - working);
    }

    /** The job as the meter sees it, with everything that idles beside it. */
    public FleetLoad load() {
        int nodes = (int) Math.ceil(installed / input.cluster().node().gpus());
        return new FleetLoad(
                nodes,
                machines.meter(machines.training()),
                machines.meter(machines.readings().server().idle()),
                replicas,
                input.site().figures().capExponent().likely());
    }

    /**
     * Share of full speed that the standing cap leaves. Throws E303 if nothing is left: the cap is
     * below the idle cluster, or the policy does not train below it.
     */
    double speedUnderCap() {
        Optional<FacilityPower> cap = standingCap();
        FleetLoad load = load();
        if (cap.isEmpty() || cap.get().compareTo(load.busy()) >= 0) {
            return 1;
        }
        load.requireAbove(cap.get());
        double drawn = load.drawnWatts(input.site().policy(), cap.get().watts());
        double speed = load.speed(input.site().policy(), drawn);
        if (speed <= 0) {
            throw new PlannerException(
                    ErrorCode.E303,
                    "no layout keeps %s MW with cap_policy %s: training draws %s MW"
                            .formatted(
                                    Numbers.text(cap.get().megawatts()),
                                    input.site().policy().label(),
                                    Numbers.text(load.busy().megawatts())));
        }
        return speed;
    }

    /** The site's own cap, at the meter. */
    public Optional<FacilityPower> standingCap() {
        return input.site().cap().map(this::meter);
    }

    /** The standing cap and every window, in seconds after the start of the run. */
    public CapSchedule caps() {
        List<dev.altiplano.planner.site.Curtailment> windows = new ArrayList<>();
        LocalDateTime start = input.site().start();
        for (Curtailment window : input.site().curtailments()) {
            double from = Math.max(0, seconds(start, window.from()));
            double until = seconds(start, window.until());
            if (until > from) {
                windows.add(
                        new dev.altiplano.planner.site.Curtailment(
                                from, until, meter(window.limit())));
            }
        }
        return new CapSchedule(standingCap(), windows);
    }

    private FacilityPower meter(PowerLimit limit) {
        BoundaryPowers training = machines.readings().perAccelerator(PowerReading.TYPICAL);
        return training.facilityFor(limit.watts(), limit.boundary());
    }

    private static double seconds(LocalDateTime start, LocalDateTime moment) {
        return Duration.between(start, moment).toSeconds();
    }
}
