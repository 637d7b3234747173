package dev.altiplano.planner.explain;

/**
 * One line of an explanation.
 *
 * @param name what it is
 * @param value in {@code unit}
 * @param formula arithmetic with the numbers put in; it gives {@code value} to five digits
 * @param source where the formula or its constant comes from
 */
public record Term(String name, double value, String unit, String formula, String source) {

    /** A term whose formula is {@code template} with {@code numbers} in the place of its gaps. */
    public static Term of(
            String name,
            double value,
            String unit,
            String source,
            String template,
            double... numbers) {
        return new Term(name, value, unit, FormulaText.of(template, numbers), source);
    }
}
