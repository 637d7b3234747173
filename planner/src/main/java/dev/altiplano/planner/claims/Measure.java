package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Boundary;
import dev.altiplano.planner.quantity.Dimension;
import dev.altiplano.planner.quantity.Numbers;
import dev.altiplano.planner.quantity.Unit;
import java.util.Optional;

/**
 * A number with its unit, as one part of a sentence.
 *
 * @param number in {@code unit}
 * @param chip the accelerator that is counted or that works so many hours
 * @param label what the number is, if its unit does not say it: PUE, MFU, a degree of a layout
 */
record Measure(
        PrintedNumber number,
        Unit unit,
        Optional<Chip> chip,
        Optional<Boundary> boundary,
        Optional<Meaning> label) {

    static Measure of(PrintedNumber number, Unit unit) {
        return new Measure(number, unit, Optional.empty(), Optional.empty(), Optional.empty());
    }

    Measure at(Boundary newBoundary) {
        return new Measure(number, unit, chip, Optional.of(newBoundary), label);
    }

    Measure labelled(Meaning newLabel) {
        return new Measure(number, unit, chip, boundary, Optional.of(newLabel));
    }

    Measure in(Unit newUnit, Optional<Chip> newChip) {
        return new Measure(number, newUnit, newChip, boundary, label);
    }

    double base() {
        return unit.toBase(number.value());
    }

    double baseHalf() {
        return unit.toBase(number.half());
    }

    double baseInputHalf() {
        return unit.toBase(number.inputHalf());
    }

    Dimension dimension() {
        return unit.dimension();
    }

    boolean is(Meaning meaning) {
        return label.equals(Optional.of(meaning));
    }

    boolean isPercent() {
        return unit.symbol().equals("%");
    }

    @Override
    public String toString() {
        String name = unit.symbol().isEmpty() ? "" : " " + unit.symbol();
        return Numbers.text(number.value()) + name;
    }
}
