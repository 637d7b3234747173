package dev.altiplano.planner.site;

import static dev.altiplano.planner.quantity.Checks.notNegative;
import static dev.altiplano.planner.quantity.Checks.positive;
import static dev.altiplano.planner.quantity.Checks.share;

import dev.altiplano.planner.money.Money;
import java.util.List;

/**
 * What it takes to calm a step pattern for {@code hours} of training.
 *
 * @param pricePerKwh of electricity
 * @param floorShare of the highest power that {@link Remedy.Kind#SMOOTHING_FLOOR} holds, 0 to 1
 * @param storagePerKwh capital for storage
 * @param storageLoss share of what passes through the storage that is lost, 0 to 1
 */
public record Remedies(
        StepPattern pattern,
        double hours,
        Money pricePerKwh,
        double floorShare,
        Money storagePerKwh,
        double storageLoss) {
    private static final double STORAGE_PEAK_SHARE = 0.30;
    private static final double JOULES_PER_KWH = 3.6e6;

    public Remedies {
        positive("hours", hours);
        share("floorShare", floorShare);
        share("storageLoss", storageLoss);
        notNegative("pricePerKwh", pricePerKwh.toDouble());
        notNegative("storagePerKwh", storagePerKwh.toDouble());
    }

    public List<Remedy> all() {
        return List.of(
                floor(Remedy.Kind.FILLER_WORK, 1),
                floor(Remedy.Kind.SMOOTHING_FLOOR, floorShare),
                storage());
    }

    /** Nothing falls below {@code share} of the highest power. */
    private Remedy floor(Remedy.Kind kind, double share) {
        double floorWatts = Math.max(pattern.lowest().watts(), share * pattern.highest().watts());
        double joulesOfStep =
                pattern.phases().stream()
                        .mapToDouble(
                                phase ->
                                        phase.seconds()
                                                * Math.max(0, floorWatts - phase.power().watts()))
                        .sum();
        double kwh = kwhOverAllSteps(joulesOfStep);
        return new Remedy(
                kind,
                pattern.highest().watts() - floorWatts,
                kwh,
                pricePerKwh.times(kwh),
                Money.zero(pricePerKwh.currency()));
    }

    /** Sized for what a step holds above the lowered peak. */
    private Remedy storage() {
        double cut = Math.min(pattern.swingWatts(), STORAGE_PEAK_SHARE * pattern.highest().watts());
        double ceiling = pattern.highest().watts() - cut;
        double joulesOfStep =
                pattern.phases().stream()
                        .mapToDouble(
                                phase ->
                                        phase.seconds()
                                                * Math.max(0, phase.power().watts() - ceiling))
                        .sum();
        double kwh = kwhOverAllSteps(joulesOfStep) * storageLoss;
        return new Remedy(
                Remedy.Kind.RACK_STORAGE,
                pattern.swingWatts() - cut,
                kwh,
                pricePerKwh.times(kwh),
                storagePerKwh.times(joulesOfStep / JOULES_PER_KWH));
    }

    private double kwhOverAllSteps(double joulesOfStep) {
        double steps = hours * 3_600 / pattern.stepSeconds();
        return joulesOfStep * steps / JOULES_PER_KWH;
    }
}
