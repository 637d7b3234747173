package dev.altiplano.planner.site;

import static dev.altiplano.planner.quantity.Checks.notNegative;
import static dev.altiplano.planner.quantity.Checks.share;

import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.quantity.Unit;

/**
 * Power of a machine that nobody calibrated: rated power x load. On ten published sweeps it errs by
 * 13 to 85 %, so the band is half to double and the grade is assumed.
 */
public final class UncalibratedPower {
    private static final double LOW = 0.5;
    private static final double HIGH = 2;
    private static final Unit WATTS = Unit.of("W");

    private UncalibratedPower() {}

    /**
     * Throws {@link IllegalArgumentException} if an argument is out of range.
     *
     * @param tdpWatts rated power
     * @param load share of full load, 0 to 1
     */
    public static Quantity at(double tdpWatts, double load) {
        notNegative("tdpWatts", tdpWatts);
        share("load", load);
        double likely = tdpWatts * load;
        return new Quantity(
                likely * LOW, likely, likely * HIGH, WATTS, Grade.ASSUMED, "TDP x load", "");
    }

    /** Mean of {@code |estimate / measured - 1|}; both have the same length, 1 or more. */
    public static double meanError(double[] estimatedWatts, double[] measuredWatts) {
        double sum = 0;
        for (int i = 0; i < measuredWatts.length; i++) {
            sum += Math.abs(estimatedWatts[i] / measuredWatts[i] - 1);
        }
        return sum / measuredWatts.length;
    }
}
