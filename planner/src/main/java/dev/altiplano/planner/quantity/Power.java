package dev.altiplano.planner.quantity;

/**
 * Electric power at one boundary. Each boundary is a type of its own, so that adding or comparing
 * across boundaries does not compile; the way from one to the next is an explicit conversion.
 *
 * <p>Inside out: {@link AcceleratorPower}, {@link NodePower} (and hosts), {@link ItPower} (and
 * network and storage), {@link FacilityPower} (and cooling and distribution, at the meter).
 *
 * @param <P> the boundary itself
 */
public sealed interface Power<P extends Power<P>> extends Comparable<P>
        permits AcceleratorPower, NodePower, ItPower, FacilityPower {

    double watts();

    /** Power at the same boundary. */
    P ofWatts(double watts);

    default P plus(P other) {
        return ofWatts(watts() + other.watts());
    }

    default P minus(P other) {
        return ofWatts(watts() - other.watts());
    }

    default P times(double factor) {
        return ofWatts(watts() * factor);
    }

    default double megawatts() {
        return watts() / 1e6;
    }

    @Override
    default int compareTo(P other) {
        return Double.compare(watts(), other.watts());
    }
}
