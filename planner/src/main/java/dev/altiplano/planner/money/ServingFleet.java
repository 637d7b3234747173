package dev.altiplano.planner.money;

import static dev.altiplano.planner.quantity.Checks.notNegative;
import static dev.altiplano.planner.quantity.Checks.positive;

import dev.altiplano.planner.explain.Term;
import java.util.List;

/**
 * Nodes that a day's tokens keep busy, with prefill and decode on nodes of their own: {@code in /
 * 86,400 / rate in + out / 86,400 / rate out}. Mean load: a daily peak needs more.
 *
 * @param inputTokensPerDay prompt tokens, cached ones included if the rate includes them
 * @param outputTokensPerDay generated tokens
 * @param inputTokensPerSecond of one node
 * @param outputTokensPerSecond of one node
 */
public record ServingFleet(
        double inputTokensPerDay,
        double outputTokensPerDay,
        double inputTokensPerSecond,
        double outputTokensPerSecond) {
    private static final double SECONDS_PER_DAY = 86_400;
    private static final double HOURS_PER_DAY = 24;

    public ServingFleet {
        notNegative("inputTokensPerDay", inputTokensPerDay);
        notNegative("outputTokensPerDay", outputTokensPerDay);
        positive("inputTokensPerSecond", inputTokensPerSecond);
        positive("outputTokensPerSecond", outputTokensPerSecond);
    }

    /** Mean number of busy nodes; not a whole number. */
    public double nodes() {
        return inputTokensPerDay / SECONDS_PER_DAY / inputTokensPerSecond
                + outputTokensPerDay / SECONDS_PER_DAY / outputTokensPerSecond;
    }

    /** Of the mean number of nodes. */
    public double usdPerDay(int gpusPerNode, double usdPerGpuHour) {
        return usdPerDay(nodes(), gpusPerNode, usdPerGpuHour);
    }

    /** Of {@code nodes} nodes that run all day. */
    public static double usdPerDay(double nodes, int gpusPerNode, double usdPerGpuHour) {
        return nodes * gpusPerNode * usdPerGpuHour * HOURS_PER_DAY;
    }

    public List<Term> terms() {
        return List.of(
                Term.of(
                        "busy nodes",
                        nodes(),
                        "nodes",
                        "in/86,400/rate in + out/86,400/rate out",
                        "{} / 86400 / {} + {} / 86400 / {}",
                        inputTokensPerDay,
                        inputTokensPerSecond,
                        outputTokensPerDay,
                        outputTokensPerSecond));
    }
}
