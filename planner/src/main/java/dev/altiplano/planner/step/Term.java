package dev.altiplano.planner.step;

/**
 * One line of an explanation.
 *
 * @param name what it is
 * @param value in {@code unit}
 * @param formula arithmetic with the numbers put in; it gives {@code value} to five digits
 * @param source where the formula or its constant comes from
 */
public record Term(String name, double value, String unit, String formula, String source) {}
