package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Numbers;

/** How far a value may lie from a printed figure: as far as its printed precision allows. */
final class Tolerance {
    /** One digit such as 200 would allow 25 %; nobody means that. */
    private static final double ROUNDING_MAX = 0.05;

    private static final double INPUTS_MAX = 0.01;
    private static final double ABOUT = 0.075;
    private static final double EXACT = 1e-9;

    private final Measure target;
    private final boolean about;

    Tolerance(Measure target, boolean about) {
        this.target = target;
        this.about = about;
    }

    /** In base units, for a candidate whose inputs move it by {@code inputHalf}. */
    double allowed(double inputHalf) {
        double size = Math.abs(target.base());
        if (target.isPercent()) {
            return (about ? 2 : 1) * percentHalf() + inputHalf + EXACT;
        }
        double rounding = Math.min(target.baseHalf(), ROUNDING_MAX * size);
        double stated = about ? Math.max(rounding, ABOUT * size) : rounding;
        return stated + Math.min(inputHalf, INPUTS_MAX * size) + EXACT * size;
    }

    /** A whole percentage is good to half a point, 100 % too. */
    private double percentHalf() {
        double points = Math.min(target.number().half(), 0.5);
        return points / 100;
    }

    Said explanation() {
        if (target.isPercent()) {
            return Said.of(
                    "{} as printed allows ± {} points",
                    target,
                    Numbers.text((about ? 2 : 1) * percentHalf() * 100));
        }
        double size = Math.abs(target.base());
        double share = size == 0 ? 0 : 100 * (allowed(0) / size);
        String percent = share < 1e-6 ? "0" : Numbers.text(share);
        return about
                ? Said.of(
                        "about {} allows ± {} %, and what the rounding of its inputs adds (at most 1 %)",
                        target, percent)
                : Said.of(
                        "{} as printed allows ± {} %, and what the rounding of its inputs adds (at most 1 %)",
                        target, percent);
    }
}
