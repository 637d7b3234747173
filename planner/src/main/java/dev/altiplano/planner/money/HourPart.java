package dev.altiplano.planner.money;

/**
 * A part of what an hour of work of one accelerator costs.
 *
 * @param share of the whole hour
 */
public record HourPart(Kind kind, double usd, double share) {
    /** What is paid for. */
    public enum Kind {
        SERVERS,
        /** Electricity by the kilowatt-hour. */
        ENERGY,
        /** Electricity by its peak. */
        DEMAND,
        NETWORK,
        BUILDING,
        STAFF,
        /** Accelerators that are kept free. */
        SPARES,
        /** Hours without work. */
        IDLE
    }
}
