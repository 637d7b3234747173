package dev.altiplano.planner.site;

import static dev.altiplano.planner.quantity.Checks.notNegative;
import static dev.altiplano.planner.quantity.Checks.share;

import dev.altiplano.planner.explain.Term;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.quantity.ItPower;
import dev.altiplano.planner.quantity.NodePower;
import dev.altiplano.planner.quantity.Numbers;
import java.util.List;

/**
 * The way from the nodes to the meter: {@code P_IT = P_nodes (1 + o)}, {@code P_facility = P_fixed
 * + (1 + β) P_IT}. A part of the overhead does not follow the load, so the PUE rises at low load.
 *
 * @param networkShare o: network and storage over the nodes
 * @param pue at the design load, 1 or more
 * @param fixedShare part of the overhead at design load that does not follow the load, 0 to 1
 * @param design the load that the site is built for
 */
public record PowerChain(double networkShare, double pue, double fixedShare, ItPower design) {
    public PowerChain {
        notNegative("networkShare", networkShare);
        share("fixedShare", fixedShare);
        notNegative("design", design.watts());
        if (!(pue >= 1) || Double.isInfinite(pue)) {
            throw new PlannerException(
                    Problem.of(ErrorCode.E202, "pue " + Numbers.text(pue) + " below 1")
                            .allowing("1 or more: the meter sees all of the computing equipment"));
        }
    }

    public ItPower it(NodePower nodes) {
        return nodes.withNetworkAndStorage(networkShare);
    }

    /** At the meter. */
    public FacilityPower facility(ItPower it) {
        return new FacilityPower(fixedWatts() + (1 + variableOverhead()) * it.watts());
    }

    /** The most that the computing equipment may draw for {@code cap} at the meter; at least 0. */
    public ItPower itUnder(FacilityPower cap) {
        return new ItPower(Math.max(0, (cap.watts() - fixedWatts()) / (1 + variableOverhead())));
    }

    /** Power usage effectiveness at the load {@code it}, which is above 0. */
    public double pueAt(ItPower it) {
        return facility(it).watts() / it.watts();
    }

    /** P_fixed. */
    public double fixedWatts() {
        return fixedShare * (pue - 1) * design.watts();
    }

    /** β. */
    public double variableOverhead() {
        return (1 - fixedShare) * (pue - 1);
    }

    /** The chain above {@code nodes}, in watts. */
    public List<Term> terms(NodePower nodes) {
        ItPower it = it(nodes);
        return List.of(
                Term.of(
                        "IT power",
                        it.watts(),
                        "W",
                        "nodes x (1 + network and storage)",
                        "{} x (1 + {})",
                        nodes.watts(),
                        networkShare),
                Term.of(
                        "fixed overhead",
                        fixedWatts(),
                        "W",
                        "fixed share x (PUE - 1) x design load",
                        "{} x ({} - 1) x {}",
                        fixedShare,
                        pue,
                        design.watts()),
                Term.of(
                        "facility power",
                        facility(it).watts(),
                        "W",
                        "P_fixed + (1 + β) P_IT",
                        "{} + (1 + {}) x {}",
                        fixedWatts(),
                        variableOverhead(),
                        it.watts()));
    }
}
