package dev.altiplano.planner.money;

import static dev.altiplano.planner.quantity.Checks.notNegative;
import static dev.altiplano.planner.quantity.Checks.positive;
import static dev.altiplano.planner.quantity.Checks.share;

import dev.altiplano.planner.explain.Term;
import java.util.List;

/**
 * Cost of tokens that a node serves: {@code node price per hour / (tokens/s x 3,600) x 1e6 /
 * utilisation}.
 *
 * @param nodeUsdPerHour price of the whole node
 * @param tokensPerSecond of the node at full load
 * @param utilisation mean load over full load, above 0 and up to 1
 */
public record TokenCost(double nodeUsdPerHour, double tokensPerSecond, double utilisation) {
    public TokenCost {
        notNegative("nodeUsdPerHour", nodeUsdPerHour);
        positive("tokensPerSecond", tokensPerSecond);
        positive("utilisation", utilisation);
        share("utilisation", utilisation);
    }

    public double usdPerMillionTokens() {
        return nodeUsdPerHour / (tokensPerSecond * 3_600) * 1e6 / utilisation;
    }

    /** Of {@code tokens} tokens, such as those of one query. */
    public double usd(double tokens) {
        return usdPerMillionTokens() * tokens / 1e6;
    }

    public Money perMillionTokens() {
        return Money.ofUsd(usdPerMillionTokens());
    }

    public List<Term> terms() {
        return List.of(
                Term.of(
                        "cost of a million tokens",
                        usdPerMillionTokens(),
                        "USD",
                        "node price per hour / (tokens/s x 3,600) x 1e6 / utilisation",
                        "{} / ({} x 3600) x 1e+06 / {}",
                        nodeUsdPerHour,
                        tokensPerSecond,
                        utilisation));
    }
}
