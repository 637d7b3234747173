package dev.altiplano.planner.site;

import static dev.altiplano.planner.quantity.Checks.notNegative;
import static dev.altiplano.planner.quantity.Checks.positive;
import static dev.altiplano.planner.quantity.Checks.share;

import dev.altiplano.planner.explain.Term;
import java.util.List;

/**
 * Speed under a power cap: {@code ((P - P_idle)/(P_full - P_idle))^(1/γ)}; assumed, since runs at
 * 500 of 700 W are the only primary data.
 *
 * @param idleWatts without work
 * @param fullWatts at full speed
 * @param exponent γ, 1 or more
 */
public record PowerCap(double idleWatts, double fullWatts, double exponent) {
    public PowerCap {
        notNegative("idleWatts", idleWatts);
        positive("fullWatts - idleWatts", fullWatts - idleWatts);
        positive("exponent", exponent);
    }

    /** Share of full speed, 0 at idle power and below, 1 at full power and above. */
    public double speedAt(double capWatts) {
        double above = (capWatts - idleWatts) / (fullWatts - idleWatts);
        return StrictMath.pow(Math.clamp(above, 0.0, 1.0), 1 / exponent);
    }

    /** The cap that leaves {@code speed}, which is 0 to 1. */
    public double wattsFor(double speed) {
        share("speed", speed);
        return idleWatts + (fullWatts - idleWatts) * StrictMath.pow(speed, exponent);
    }

    public List<Term> terms(double capWatts) {
        double capped = Math.clamp(capWatts, idleWatts, fullWatts);
        return List.of(
                Term.of(
                        "speed under a power cap",
                        speedAt(capWatts),
                        "",
                        "((P - P_idle)/(P_full - P_idle))^(1/γ), assumed",
                        "(({} - {}) / ({} - {}))^(1 / {})",
                        capped,
                        idleWatts,
                        fullWatts,
                        idleWatts,
                        exponent));
    }
}
