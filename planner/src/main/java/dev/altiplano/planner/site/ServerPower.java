package dev.altiplano.planner.site;

import static dev.altiplano.planner.quantity.Checks.notNegative;
import static dev.altiplano.planner.quantity.Checks.positive;
import static dev.altiplano.planner.quantity.Checks.share;

import dev.altiplano.planner.explain.Term;
import dev.altiplano.planner.quantity.AcceleratorPower;
import dev.altiplano.planner.quantity.NodePower;
import java.util.List;

/**
 * What one accelerator and its share of the host draw: {@code P_host + P_idle + (P_max - P_idle)
 * g}.
 *
 * @param idleWatts the accelerator without work
 * @param maxWatts the accelerator at its rated power (TDP)
 * @param hostWatts the host's share, per accelerator
 */
public record ServerPower(double idleWatts, double maxWatts, double hostWatts) {
    public ServerPower {
        notNegative("idleWatts", idleWatts);
        positive("maxWatts - idleWatts", maxWatts - idleWatts);
        notNegative("hostWatts", hostWatts);
    }

    /**
     * The accelerator alone.
     *
     * @param intensity g, 0 to 1, as from {@link AcceleratorLoad#intensity}
     */
    public AcceleratorPower accelerator(double intensity) {
        share("intensity", intensity);
        return new AcceleratorPower(idleWatts + (maxWatts - idleWatts) * intensity);
    }

    /** The accelerator with its share of the host. */
    public NodePower node(double intensity) {
        return accelerator(intensity).withHosts(hostWatts);
    }

    public NodePower rated() {
        return node(1);
    }

    public NodePower idle() {
        return node(0);
    }

    /** The intensity at which the node draws {@code power}; 0 to 1. */
    public double intensityAt(NodePower power) {
        return Math.clamp(
                (power.watts() - hostWatts - idleWatts) / (maxWatts - idleWatts), 0.0, 1.0);
    }

    public List<Term> terms(double intensity) {
        return List.of(
                Term.of(
                        "node power per accelerator",
                        node(intensity).watts(),
                        "W",
                        "P_host + P_idle + (P_max - P_idle) g",
                        "{} + {} + ({} - {}) x {}",
                        hostWatts,
                        idleWatts,
                        maxWatts,
                        idleWatts,
                        intensity));
    }
}
