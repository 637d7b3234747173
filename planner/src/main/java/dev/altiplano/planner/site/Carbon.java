package dev.altiplano.planner.site;

/**
 * Greenhouse gas in kilograms of CO2 equivalent, of one way of counting. Each way is a type of its
 * own, so that adding or comparing across ways does not compile.
 *
 * @param <C> the way itself
 */
public sealed interface Carbon<C extends Carbon<C>> extends Comparable<C>
        permits LocationCarbon, MarketCarbon, EmbodiedCarbon, CardCarbon {

    double kilograms();

    C ofKilograms(double kilograms);

    default C plus(C other) {
        return ofKilograms(kilograms() + other.kilograms());
    }

    default C times(double factor) {
        return ofKilograms(kilograms() * factor);
    }

    default double tonnes() {
        return kilograms() / 1_000;
    }

    @Override
    default int compareTo(C other) {
        return Double.compare(kilograms(), other.kilograms());
    }
}
