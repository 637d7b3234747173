package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Numbers;
import dev.altiplano.planner.quantity.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ranges outside which a figure is impossible, whatever else fits. */
enum Plausible {
    CARBON(
            "kg/kWh",
            0.02,
            1.2,
            Said.of("grids emit 0.02 (hydropower) to 1.2 (lignite) kg per kWh")),
    TARIFF("USD/kWh", 0.01, 0.6, Said.of("industrial power costs 0.01 to 0.60 USD per kWh"));

    private final String symbol;
    private final double low;
    private final double high;

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts
    private final Said source;

    Plausible(String symbol, double low, double high, Said source) {
        this.symbol = symbol;
        this.low = low;
        this.high = high;
        this.source = source;
    }

    Unit unit() {
        return Unit.of(symbol);
    }

    double low() {
        return low;
    }

    double high() {
        return high;
    }

    Said source() {
        return source;
    }

    /** Why the figures of a statement cannot be; empty if they can. */
    static List<Said> impossible(Statement statement) {
        List<Said> reasons = new ArrayList<>();
        for (Measure measure : statement.measures()) {
            if (measure.unit().measuresSameAs(CARBON.unit())) {
                carbon(measure).ifPresent(reasons::add);
            }
            if (measure.is(Meaning.PUE) && measure.base() < 1) {
                reasons.add(Said.of("PUE {} is below 1", Numbers.text(measure.base())));
            }
            if (measure.is(Meaning.MFU) && measure.base() > 1) {
                reasons.add(Said.of("MFU {} is above the peak", measure));
            }
            abovePeak(measure, statement.chip()).ifPresent(reasons::add);
        }
        return reasons;
    }

    private static Optional<Said> carbon(Measure measure) {
        double kilograms = CARBON.unit().fromBase(measure.base());
        if ((kilograms >= CARBON.low && kilograms <= CARBON.high) || kilograms == 0) {
            return Optional.empty();
        }
        boolean slip = kilograms / 1_000 >= CARBON.low && kilograms / 1_000 <= CARBON.high;
        return Optional.of(
                slip
                        ? Said.of(
                                "{} is outside 0.02 to 1.2 kg/kWh; probably kg/MWh was meant",
                                measure)
                        : Said.of("{} is outside 0.02 to 1.2 kg/kWh", measure));
    }

    /** FLOP/s of one accelerator, above its dense fp8 (or bf16) peak. */
    private static Optional<Said> abovePeak(Measure measure, Optional<Chip> chip) {
        boolean perGpu = measure.dimension().equals(Dimensions.OPERATION_RATE.over(Dimensions.GPU));
        if (!perGpu || chip.isEmpty()) {
            return Optional.empty();
        }
        double peak = Math.max(chip.get().bf16Flops(), chip.get().fp8Flops());
        return measure.base() <= peak * 1.005
                ? Optional.empty()
                : Optional.of(
                        Said.of(
                                "{} is above the dense peak of {}",
                                measure,
                                Said.quoted(chip.get().name())));
    }
}
