package dev.altiplano.planner.site;

import dev.altiplano.planner.money.Money;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Price and carbon of one grid, hour by hour from the start of the run: {@code Σ E_t x CI_t}.
 *
 * @param hours without a gap
 */
public record GridSeries(List<Hour> hours) {
    private static final double SECONDS_PER_HOUR = 3_600;
    private static final double JOULES_PER_KWH = 3.6e6;

    /** One hour; a price may be negative. */
    public record Hour(double kgPerKwh, Money pricePerKwh) {}

    public GridSeries {
        hours = List.copyOf(hours);
    }

    /** Throws E005 if the curve is longer than the series. */
    public LocationCarbon carbon(PowerCurve curve) {
        requireCovered(curve);
        LocationCarbon sum = new LocationCarbon(0);
        for (int i = 0; i < hours.size(); i++) {
            sum = sum.plus(LocationCarbon.of(kwh(curve, i), hours.get(i).kgPerKwh()));
        }
        return sum;
    }

    /** Of the energy alone. Throws E005 if the curve is longer than the series. */
    public Money cost(PowerCurve curve) {
        requireCovered(curve);
        Money sum = Money.zero(hours.getFirst().pricePerKwh().currency());
        for (int i = 0; i < hours.size(); i++) {
            sum = sum.plus(hours.get(i).pricePerKwh().times(kwh(curve, i)));
        }
        return sum;
    }

    /** Emissions of a constant load over the first {@code hours}, per energy. */
    public double meanKgPerKwh(double hours) {
        return mean(hours, Hour::kgPerKwh);
    }

    /** US dollars per kWh of a constant load over the first {@code hours}. */
    public double meanPricePerKwh(double hours) {
        return mean(hours, hour -> hour.pricePerKwh().toDouble());
    }

    private double mean(double duration, ToDoubleFunction<Hour> figure) {
        requireCovered(duration);
        double sum = 0;
        for (int i = 0; i < Math.min(hours.size(), duration); i++) {
            sum += figure.applyAsDouble(hours.get(i)) * Math.min(1, duration - i);
        }
        return sum / duration;
    }

    private static double kwh(PowerCurve curve, int hour) {
        double from = hour * SECONDS_PER_HOUR;
        return curve.joules(from, from + SECONDS_PER_HOUR) / JOULES_PER_KWH;
    }

    private void requireCovered(PowerCurve curve) {
        requireCovered(curve.untilSeconds() / SECONDS_PER_HOUR);
    }

    private void requireCovered(double neededHours) {
        if (neededHours > hours.size()) {
            throw new PlannerException(
                    Problem.of(
                                    ErrorCode.E005,
                                    "the hourly series has %d hours, the run lasts %.1f"
                                            .formatted(hours.size(), neededHours))
                            .hinting("give every hour from the start of the run, counted from 0"));
        }
    }
}
