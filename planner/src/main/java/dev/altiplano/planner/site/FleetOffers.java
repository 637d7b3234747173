package dev.altiplano.planner.site;

import static dev.altiplano.planner.quantity.Checks.positive;
import static dev.altiplano.planner.quantity.Checks.range;

import dev.altiplano.planner.explain.Term;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.quantity.ItPower;
import dev.altiplano.planner.quantity.NodePower;
import dev.altiplano.planner.quantity.Numbers;
import dev.altiplano.planner.quantity.Power;
import java.util.ArrayList;
import java.util.List;

/**
 * A fleet under a site's cap: what fits, and the three ways to keep the cap. The site counts as
 * built for its cap, so the PUE of the design load holds.
 *
 * @param gpus that are wanted
 * @param gpusPerNode whole nodes are switched
 * @param server rated figures of one accelerator
 * @param fullPower one accelerator with its host at full speed
 * @param chain network share and PUE
 * @param capExponent γ of {@link PowerCap}
 * @param cap at the meter
 */
public record FleetOffers(
        long gpus,
        int gpusPerNode,
        ServerPower server,
        NodePower fullPower,
        PowerChain chain,
        double capExponent,
        FacilityPower cap,
        Throughput throughput) {
    private static final long GPUS_MAX = 10_000_000;

    public FleetOffers {
        range("gpus", gpus, 1, GPUS_MAX);
        range("gpusPerNode", gpusPerNode, 1, GPUS_MAX);
        positive("fullPower over idle", fullPower.watts() - server.idle().watts());
        positive("capExponent", capExponent);
        positive("cap", cap.watts());
    }

    /** The largest fleet: both figures at one boundary. */
    public static <P extends Power<P>> long largest(P cap, P perGpu) {
        positive("perGpu", perGpu.watts());
        return (long) Math.floor(cap.watts() / perGpu.watts());
    }

    /** What one accelerator takes at the meter at full speed. */
    public FacilityPower perGpu() {
        return meter(fullPower);
    }

    public boolean fits() {
        return largest(cap, perGpu()) >= gpus;
    }

    /** The ways that keep the cap, with what each gives. */
    public List<FleetOffer> offers() {
        List<FleetOffer> offers = new ArrayList<>();
        offers.add(fewerGpus());
        if (refusal().isEmpty()) {
            offers.add(lowerCap());
            offers.add(stagedStart());
        }
        return offers;
    }

    /** Why the whole fleet cannot even be switched on; empty if it can. */
    public List<Problem> refusal() {
        FacilityPower idle = meter(server.idle()).times((double) gpus);
        return cap.compareTo(idle) >= 0
                ? List.of()
                : List.of(idleAlone(cap, (gpus + gpusPerNode - 1) / gpusPerNode, idle));
    }

    /** E303. */
    static Problem idleAlone(FacilityPower cap, long nodes, FacilityPower idle) {
        return Problem.of(
                ErrorCode.E303,
                "no layout keeps %s MW: %d idle nodes alone draw %s MW"
                        .formatted(
                                Numbers.text(cap.megawatts()),
                                nodes,
                                Numbers.text(idle.megawatts())));
    }

    private FleetOffer fewerGpus() {
        long byPower = Math.min(gpus, largest(cap, perGpu()));
        long whole = byPower / gpusPerNode * gpusPerNode;
        Term term =
                Term.of(
                        "GPUs under the cap, before whole nodes",
                        cap.watts() / perGpu().watts(),
                        "GPUs",
                        "cap / (PUE x W per GPU all-in)",
                        "{} / ({} x {} x (1 + {}))",
                        cap.watts(),
                        chain.pue(),
                        fullPower.watts(),
                        chain.networkShare());
        return new FleetOffer.FewerGpus(
                whole,
                byPower,
                perGpu().times((double) whole),
                throughput.tokensPerDay(whole),
                List.of(term));
    }

    private FleetOffer lowerCap() {
        NodePower allowed =
                new NodePower(cap.itAtPue(chain.pue()).watts() / (1 + chain.networkShare()) / gpus);
        NodePower drawn = allowed.compareTo(fullPower) < 0 ? allowed : fullPower;
        double acceleratorWatts = drawn.watts() - server.hostWatts();
        PowerCap powerCap =
                new PowerCap(
                        server.idleWatts(), fullPower.watts() - server.hostWatts(), capExponent);
        double speed = powerCap.speedAt(acceleratorWatts);
        return new FleetOffer.LowerCap(
                gpus,
                acceleratorWatts,
                speed,
                meter(drawn).times((double) gpus),
                throughput.tokensPerDay(gpus) * speed,
                powerCap.terms(acceleratorWatts));
    }

    private FleetOffer stagedStart() {
        FacilityPower whole = perGpu().times((double) gpus);
        List<FleetOffer.Stage> stages = new ArrayList<>();
        stages.add(stage(cap));
        if (stages.getFirst().gpus() < gpus) {
            stages.add(new FleetOffer.Stage(whole, gpus, whole, throughput.tokensPerDay(gpus)));
        }
        FacilityPower idle = meter(server.idle());
        Term term =
                Term.of(
                        "GPUs that train at first, before whole nodes",
                        running(cap),
                        "GPUs",
                        "(cap - GPUs x idle) / (full - idle)",
                        "({} - {} x {}) / ({} - {})",
                        cap.watts(),
                        (double) gpus,
                        idle.watts(),
                        perGpu().watts(),
                        idle.watts());
        return new FleetOffer.StagedStart(List.copyOf(stages), List.of(term));
    }

    /** What trains under {@code stageCap} while the rest of the fleet idles. */
    private FleetOffer.Stage stage(FacilityPower stageCap) {
        long working = (long) Math.min((double) gpus, running(stageCap));
        long whole = working == gpus ? gpus : working / gpusPerNode * gpusPerNode;
        FacilityPower power =
                perGpu().times((double) whole)
                        .plus(meter(server.idle()).times((double) (gpus - whole)));
        return new FleetOffer.Stage(stageCap, whole, power, throughput.tokensPerDay(whole));
    }

    private double running(FacilityPower stageCap) {
        FacilityPower idle = meter(server.idle());
        return stageCap.minus(idle.times((double) gpus)).watts() / perGpu().minus(idle).watts();
    }

    private FacilityPower meter(NodePower node) {
        ItPower it = chain.it(node);
        return it.atPue(chain.pue());
    }
}
