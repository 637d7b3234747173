package dev.altiplano.planner.claims;

import java.util.List;

/**
 * A value that a claim could mean, before it is compared.
 *
 * @param value in base units
 * @param half how far the printed precision of the inputs may move it
 * @param expected what the claim's own words call for
 * @param admissible false if the claim names another boundary or period; it is shown but cannot
 *     make the claim pass
 */
record Candidate(
        Said name,
        double value,
        double half,
        boolean expected,
        boolean admissible,
        List<Said> arithmetic,
        List<Said> constants) {

    Candidate {
        arithmetic = List.copyOf(arithmetic);
        constants = List.copyOf(constants);
    }

    static Candidate expected(Said name, double value, double half, Said arithmetic) {
        return new Candidate(name, value, half, true, true, List.of(arithmetic), List.of());
    }

    static Candidate other(Said name, double value, double half, Said arithmetic) {
        return new Candidate(name, value, half, false, true, List.of(arithmetic), List.of());
    }

    Candidate because(Said constant) {
        return new Candidate(
                name, value, half, expected, admissible, arithmetic, List.of(constant));
    }
}
