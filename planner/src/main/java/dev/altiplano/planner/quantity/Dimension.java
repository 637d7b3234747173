package dev.altiplano.planner.quantity;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a unit measures, as powers of base measures; {@code kWh} is power times time, so that
 * multiplying watts by seconds gives an energy by itself.
 *
 * @param exponents the exponents that are not 0
 */
public record Dimension(Map<Base, Integer> exponents) {
    /** The measures that nothing else reduces to. Counts of things are told apart on purpose. */
    public enum Base {
        POWER,
        TIME,
        DATA,
        OPERATION,
        MONEY,
        MASS,
        VOLUME,
        TOKEN,
        GPU,
        PARAMETER
    }

    /** A bare number, or a fraction. */
    public static final Dimension NONE = new Dimension(Map.of());

    public Dimension {
        EnumMap<Base, Integer> kept = new EnumMap<>(Base.class);
        kept.putAll(exponents);
        kept.values().removeIf(exponent -> exponent == 0);
        exponents = Collections.unmodifiableMap(kept);
    }

    public static Dimension of(Base base) {
        return new Dimension(Map.of(base, 1));
    }

    public Dimension times(Dimension other) {
        return plus(other, 1);
    }

    public Dimension over(Dimension other) {
        return plus(other, -1);
    }

    private Dimension plus(Dimension other, int sign) {
        EnumMap<Base, Integer> sum = new EnumMap<>(Base.class);
        sum.putAll(exponents);
        other.exponents.forEach((base, exponent) -> sum.merge(base, sign * exponent, Integer::sum));
        return new Dimension(sum);
    }

    /** Such as {@code power x time} or {@code money / time}. */
    @Override
    public String toString() {
        StringBuilder above = new StringBuilder();
        StringBuilder below = new StringBuilder();
        exponents.forEach(
                (base, exponent) -> {
                    String name = base.name().toLowerCase(Locale.ROOT);
                    above.append((" x " + name).repeat(Math.max(0, exponent)));
                    below.append((" / " + name).repeat(Math.max(0, -exponent)));
                });
        String numerator = above.isEmpty() ? "number" : above.substring(" x ".length());
        return numerator + below;
    }
}
