package dev.altiplano.planner.claims;

import java.util.List;

/**
 * One way to compute what a claim says.
 *
 * @param arithmetic how the value comes about, line by line
 * @param value in {@code unit}, the unit of the claim
 * @param error {@code value / claimed - 1}; for percentages the difference, as a fraction
 * @param fits within the tolerance, and not against a boundary or period that the claim names
 * @param expected what the words of the claim call for; others are readings it does not name
 */
public record Reading(
        Said name,
        List<Said> arithmetic,
        double value,
        String unit,
        double error,
        boolean fits,
        boolean expected) {
    public Reading {
        arithmetic = List.copyOf(arithmetic);
    }
}
