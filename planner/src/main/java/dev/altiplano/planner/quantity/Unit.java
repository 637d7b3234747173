package dev.altiplano.planner.quantity;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A unit: its spelling, what it measures, and how many base units (watt, second, byte,
 * floating-point operation, US dollar, kilogram, litre, token, GPU, parameter) it is worth.
 *
 * <p>{@link #parse} reads names from {@link UnitNames} with SI prefixes, joined by {@code /} and
 * {@code *}: {@code MW}, {@code USD/kWh}, {@code USD/kW/month}, {@code Gb/s}. {@code b} is a bit,
 * {@code B} a byte.
 */
public record Unit(String symbol, Dimension dimension, double factor) {
    private static final int FACTORS_MAX = 8;

    /** A bare number. */
    public static final Unit NONE = new Unit("", Dimension.NONE, 1);

    public Unit {
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("a unit's factor must be positive and finite");
        }
    }

    /** Throws E006 if {@code symbol} has a name that is not known. */
    public static Unit of(String symbol) {
        return parse(symbol)
                .orElseThrow(
                        () ->
                                new PlannerException(
                                        ErrorCode.E006, "unit '" + symbol + "' is not known"));
    }

    /** The unit spelt {@code symbol}; empty if one of its names is not known. */
    public static Optional<Unit> parse(String symbol) {
        if (symbol.isBlank()) {
            return Optional.of(NONE);
        }
        List<String> names = new ArrayList<>();
        List<Boolean> divides = new ArrayList<>();
        if (!split(symbol.strip(), names, divides)) {
            return Optional.empty();
        }
        Dimension dimension = Dimension.NONE;
        double factor = 1;
        for (int i = 0; i < names.size(); i++) {
            Optional<Unit> found = UnitNames.find(names.get(i));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Unit part = found.get();
            boolean below = divides.get(i);
            dimension = below ? dimension.over(part.dimension) : dimension.times(part.dimension);
            factor = below ? factor / part.factor : factor * part.factor;
        }
        return Optional.of(new Unit(symbol.strip(), dimension, factor));
    }

    private static boolean split(String symbol, List<String> names, List<Boolean> divides) {
        boolean below = false;
        int start = 0;
        for (int i = 0; i <= symbol.length(); i++) {
            boolean end = i == symbol.length();
            if (!end && symbol.charAt(i) != '/' && symbol.charAt(i) != '*') {
                continue;
            }
            if (names.size() == FACTORS_MAX) {
                return false;
            }
            names.add(symbol.substring(start, i).strip());
            divides.add(below);
            below = !end && symbol.charAt(i) == '/';
            start = i + 1;
        }
        return true;
    }

    public boolean measuresSameAs(Unit other) {
        return dimension.equals(other.dimension);
    }

    /** {@code value} of this unit in base units. */
    public double toBase(double value) {
        return value * factor;
    }

    /** {@code baseValue} base units in this unit. */
    public double fromBase(double baseValue) {
        return baseValue / factor;
    }

    @Override
    public String toString() {
        return symbol;
    }
}
