package dev.altiplano.planner.money;

import static dev.altiplano.planner.quantity.Checks.positive;
import static dev.altiplano.planner.quantity.Checks.share;

/** How the value of hardware falls. Years count from its purchase, the first one is year 1. */
public sealed interface Depreciation {

    /** Share of the price that is left after {@code years}, which are 0 or more. */
    double shareLeftAfter(double years);

    /** What the year {@code year} takes from {@code price}. */
    default Money ofYear(Money price, int year) {
        return price.times(shareLeftAfter(year - 1) - shareLeftAfter(year));
    }

    /** What {@code price} is worth after {@code years}. */
    default Money valueAfter(Money price, double years) {
        return price.times(shareLeftAfter(years));
    }

    /**
     * The same amount each year of the life.
     *
     * @param residualShare left at its end
     */
    record StraightLine(double lifeYears, double residualShare) implements Depreciation {
        public StraightLine {
            positive("lifeYears", lifeYears);
            share("residualShare", residualShare);
        }

        @Override
        public double shareLeftAfter(double years) {
            return 1 - (1 - residualShare) * Math.min(1, years / lifeYears);
        }
    }

    /**
     * What the market pays: a constant share of the remaining value each year.
     *
     * @param decadesPerYear exponent of ten; 0.14 is 28 % a year (Epoch AI, stated)
     */
    record Market(double decadesPerYear) implements Depreciation {
        /** Price of a unit of performance, Epoch AI. */
        public static final double EPOCH_DECADES_PER_YEAR = 0.14;

        public Market {
            positive("decadesPerYear", decadesPerYear);
        }

        @Override
        public double shareLeftAfter(double years) {
            return StrictMath.pow(10, -decadesPerYear * years);
        }
    }
}
