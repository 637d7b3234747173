package dev.altiplano.planner.money;

import static dev.altiplano.planner.quantity.Checks.notNegative;
import static dev.altiplano.planner.quantity.Checks.positive;

import dev.altiplano.planner.explain.Term;
import java.util.ArrayList;
import java.util.List;

/** What a day's tokens would bring at list prices. */
public record TokenSales(List<Line> lines) {
    public TokenSales {
        lines = List.copyOf(lines);
    }

    /** Tokens of one kind, such as prompt tokens found in the cache. */
    public record Line(String kind, double tokens, double usdPerMillion) {
        public Line {
            notNegative("tokens", tokens);
            notNegative("usdPerMillion", usdPerMillion);
        }

        double usd() {
            return tokens / 1e6 * usdPerMillion;
        }
    }

    public double usd() {
        return lines.stream().mapToDouble(Line::usd).sum();
    }

    public Money total() {
        return Money.ofUsd(usd());
    }

    /** Profit over cost: 5.45 for a margin of 545 %. */
    public double marginOver(double costUsd) {
        positive("costUsd", costUsd);
        return usd() / costUsd - 1;
    }

    public List<Term> terms() {
        List<Term> terms = new ArrayList<>();
        for (Line line : lines) {
            terms.add(
                    Term.of(
                            line.kind(),
                            line.usd(),
                            "USD",
                            "tokens x list price",
                            "{} / 1e+06 x {}",
                            line.tokens(),
                            line.usdPerMillion()));
        }
        return terms;
    }
}
