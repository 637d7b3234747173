package dev.altiplano.planner.money;

import dev.altiplano.planner.explain.Term;
import java.util.List;

/**
 * Growth from both values: a printed percentage is never an input.
 *
 * @param latest a figure
 * @param earlier the same figure one year before
 */
public record Growth<P extends Period<P>>(Figure<P> latest, Figure<P> earlier) {
    public Growth {
        if (!earlier.period().equals(latest.period().yearBefore())) {
            throw new IllegalArgumentException(
                    "growth of %s needs %s, found %s"
                            .formatted(
                                    latest.period(),
                                    latest.period().yearBefore(),
                                    earlier.period()));
        }
        if (!latest.what().equals(earlier.what())) {
            throw new IllegalArgumentException(
                    "%s does not grow from %s".formatted(latest.what(), earlier.what()));
        }
    }

    /** 0.225 for +22.5 %. */
    public double rate() {
        return rate(latest.money().toDouble(), earlier.money().toDouble());
    }

    /** Growth from {@code earlier} to {@code latest}, both of one unit. */
    public static double rate(double latest, double earlier) {
        return latest / earlier - 1;
    }

    public List<Term> terms() {
        String name = "growth of %s, %s".formatted(latest.what(), latest.period());
        return List.of(
                Term.of(
                        name,
                        rate(),
                        "",
                        latest.source(),
                        "{} / {} - 1",
                        latest.money().toDouble(),
                        earlier.money().toDouble()));
    }
}
