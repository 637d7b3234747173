package dev.altiplano.planner.money;

/**
 * The time that a figure of a statement covers. Each length is a type of its own, so that a quarter
 * does not compare with a year.
 *
 * @param <P> the length itself
 */
public sealed interface Period<P extends Period<P>>
        permits Period.Quarter, Period.NineMonths, Period.FullYear {

    int year();

    int months();

    /** The same part of the year before. */
    P yearBefore();

    /**
     * One quarter.
     *
     * @param number 1 to 4
     */
    record Quarter(int year, int number) implements Period<Quarter> {
        public Quarter {
            if (number < 1 || number > 4) {
                throw new IllegalArgumentException("a year has no quarter " + number);
            }
        }

        @Override
        public int months() {
            return 3;
        }

        @Override
        public Quarter yearBefore() {
            return new Quarter(year - 1, number);
        }

        @Override
        public String toString() {
            return "Q" + number + " " + year;
        }
    }

    /** January to September. */
    record NineMonths(int year) implements Period<NineMonths> {
        @Override
        public int months() {
            return 9;
        }

        @Override
        public NineMonths yearBefore() {
            return new NineMonths(year - 1);
        }

        @Override
        public String toString() {
            return "9M " + year;
        }
    }

    /** January to December. */
    record FullYear(int year) implements Period<FullYear> {
        @Override
        public int months() {
            return 12;
        }

        @Override
        public FullYear yearBefore() {
            return new FullYear(year - 1);
        }

        @Override
        public String toString() {
            return "FY " + year;
        }
    }
}
