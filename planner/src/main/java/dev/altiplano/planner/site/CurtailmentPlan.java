package dev.altiplano.planner.site;

import dev.altiplano.planner.simulation.CapPolicy;

/**
 * What one policy makes of the caps.
 *
 * @param tokens that the run trains on until the horizon
 * @param tokensLost against the same time without a cap
 * @param proof that every quarter of an hour keeps the cap
 */
public record CurtailmentPlan(
        CapPolicy policy, PowerCurve curve, double tokens, double tokensLost, CapProof proof) {}
