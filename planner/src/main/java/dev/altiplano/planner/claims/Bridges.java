package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Dimension;
import dev.altiplano.planner.quantity.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The conversions between two sides that measure different things: what an accelerator draws,
 * computes and holds, what a token costs, how long a year is. Each is shown with its constant.
 */
final class Bridges {
    private static final double YEAR_SECONDS = 8_760 * 3_600.0;

    /** Location-based, per kWh at TDP (model cards, Meta 2023-2025). */
    private static final double[] CARD_FACTORS = {0.4234, 0.4265, 0.4138, 0.4131, 0.3870};

    private static final String[] CARDS = {
        "Llama 2", "Llama 3", "Llama 3.1", "Llama 3.2", "Llama 4"
    };

    private final ClaimConstants constants;
    private final Statement statement;
    private final Measure target;
    private final List<Measure> parts;

    Bridges(ClaimConstants constants, Statement statement, Sides sides) {
        this.constants = constants;
        this.statement = statement;
        this.target = sides.target();
        this.parts = sides.expression().measures();
    }

    /** The candidates for {@code value}, whose dimension is not that of the target. */
    List<Candidate> candidates(Computed value) {
        Dimension gap = value.dimension().over(target.dimension());
        Optional<Chip> chip = statement.chip();
        if (chip.isPresent()) {
            List<Candidate> found = ofChip(value, gap, chip.get());
            if (!found.isEmpty()) {
                return found;
            }
        }
        if (gap.equals(Dimensions.GPU) || gap.equals(Dimensions.PER_GPU)) {
            return List.of(plain(Said.of("per GPU"), value, 1, true));
        }
        if (gap.equals(Dimensions.PARAMETERS) || gap.equals(Dimensions.TOKENS)) {
            boolean tokens = gap.equals(Dimensions.TOKENS);
            return List.of(
                    plain(
                            tokens ? Said.of("per token") : Said.of("per parameter"),
                            value,
                            1,
                            true));
        }
        List<Candidate> work = ofWork(value, gap);
        return work.isEmpty() ? ofTime(value, gap) : work;
    }

    private List<Candidate> ofChip(Computed value, Dimension gap, Chip chip) {
        if (gap.equals(Dimensions.GPU.over(Dimensions.POWER))) {
            double pue = statement.labelled(Meaning.PUE).map(Measure::base).orElse(constants.pue());
            boolean counted = parts.stream().anyMatch(part -> part.is(Meaning.PUE));
            Computed gpus = counted ? without(value, pue) : value;
            return new PowerLadder(chip, constants, pue, target.boundary(), statement.flags())
                    .readings(gpus);
        }
        if (gap.equals(Dimensions.GPU.over(Dimensions.OPERATION_RATE))) {
            return flops(value, chip);
        }
        if (gap.equals(Dimensions.OPERATION_RATE.over(Dimensions.GPU)) && target.isPercent()) {
            String peak = "1 / (%s TFLOP/s)".formatted(Numbers.text(chip.bf16Flops() / 1e12));
            return List.of(
                    plain(
                            Said.of("of the bf16 dense peak"),
                            value,
                            1 / chip.bf16Flops(),
                            peak,
                            true));
        }
        if (gap.equals(Dimensions.GPU.over(Dimensions.DATA))) {
            return List.of(
                    plain(
                            Said.of("memory as marketed"),
                            value,
                            chip.memoryBytes(),
                            Numbers.text(chip.memoryBytes() / 1e9) + " GB",
                            true));
        }
        if (gap.equals(Dimensions.GPU.times(Dimensions.TIME).over(Dimensions.MASS))) {
            return cards(value, chip);
        }
        return List.of();
    }

    private static Computed without(Computed value, double pue) {
        return new Computed(
                value.value() / pue,
                value.half() / pue,
                value.dimension(),
                value.formula() + " / PUE");
    }

    private List<Candidate> flops(Computed value, Chip chip) {
        List<Candidate> found = new ArrayList<>();
        boolean sparse = statement.has(Meaning.SPARSE);
        boolean fp8 = statement.has(Meaning.FP8);
        boolean fp64 = statement.has(Meaning.DOUBLE_PRECISION);
        boolean bf16 = !fp8 && !fp64;
        found.add(peak(Said.of("bf16 dense peak"), value, chip.bf16Flops(), bf16 && !sparse));
        if (chip.fp8Flops() > 0) {
            found.add(peak(Said.of("fp8 dense peak"), value, chip.fp8Flops(), fp8 && !sparse));
        }
        found.add(peak(Said.of("bf16 sparse figure"), value, 2 * chip.bf16Flops(), bf16 && sparse));
        if (chip.fp8Flops() > 0) {
            found.add(
                    peak(Said.of("fp8 sparse figure"), value, 2 * chip.fp8Flops(), fp8 && sparse));
        }
        if (chip.fp64Flops() > 0) {
            found.add(peak(Said.of("fp64 matrix peak"), value, chip.fp64Flops(), fp64));
        }
        return found;
    }

    private static Candidate peak(Said name, Computed value, double flops, boolean expected) {
        return plain(name, value, flops, Numbers.text(flops / 1e12) + " TFLOP/s", expected);
    }

    /** As model cards reckon: hours at TDP times one factor per generation. */
    private List<Candidate> cards(Computed value, Chip chip) {
        List<Candidate> found = new ArrayList<>();
        double kilowattHours = chip.tdpWatts() / 3.6e6;
        for (int i = 0; i < CARDS.length; i++) {
            found.add(
                    plain(
                                    Said.of(
                                            "TDP at the factor of the {} card",
                                            Said.quoted(CARDS[i])),
                                    value,
                                    kilowattHours * CARD_FACTORS[i],
                                    "%s kW × %s kg/kWh"
                                            .formatted(
                                                    Numbers.text(chip.tdpWatts() / 1e3),
                                                    Numbers.text(CARD_FACTORS[i])),
                                    true)
                            .because(
                                    Said.of(
                                            "model cards: 0.387 to 0.427 kg per kWh at TDP, location-based (MC)")));
        }
        return found;
    }

    private List<Candidate> ofWork(Computed value, Dimension gap) {
        Dimension work = Dimensions.PARAMETERS.times(Dimensions.TOKENS);
        boolean named = gap.equals(work.over(Dimensions.OPERATIONS));
        boolean half =
                gap.equals(Dimensions.TOKENS.over(Dimensions.OPERATIONS))
                        || gap.equals(Dimensions.PARAMETERS.over(Dimensions.OPERATIONS));
        if (named || half) {
            boolean six = parts.stream().anyMatch(part -> part.toString().equals("6"));
            List<Candidate> found = new ArrayList<>();
            if (six) {
                found.add(plain(Said.of("as written, the 6 included"), value, 1, named));
            }
            found.add(
                    plain(Said.of("training, 6 per parameter and token"), value, 6, named && !six));
            found.add(plain(Said.of("forward only, 2 per parameter and token"), value, 2, false));
            found.add(plain(Said.of("training with full recomputation, 8"), value, 8, false));
            return List.copyOf(found);
        }
        return gap.equals(Dimensions.PARAMETERS.over(Dimensions.DATA)) ? bytes(value) : List.of();
    }

    private List<Candidate> bytes(Computed value) {
        return List.of(
                plain(Said.of("bf16 weights, 2 bytes each"), value, 2, false),
                plain(Said.of("8-bit weights, 1 byte each"), value, 1, false),
                plain(Said.of("4-bit weights, half a byte each"), value, 0.5, false),
                plain(Said.of("fp32 weights, 4 bytes each"), value, 4, false),
                plain(Said.of("checkpoint with optimizer, 14 bytes each"), value, 14, false),
                plain(Said.of("training states, 16 bytes each"), value, 16, false),
                plain(
                        Said.of("training states with fp32 gradients, 18 bytes each"),
                        value,
                        18,
                        false));
    }

    private List<Candidate> ofTime(Computed value, Dimension gap) {
        boolean missing = gap.equals(Dimension.NONE.over(Dimensions.TIME));
        boolean left = gap.equals(Dimensions.TIME);
        if (!missing && !left) {
            return unitless(value, gap);
        }
        boolean gpuHours =
                target.dimension().equals(Dimensions.GPU.times(Dimensions.TIME)) && missing;
        if (gpuHours) {
            return List.of(plain(Said.of("a bare factor is hours"), value, 3_600, "1 h", true));
        }
        double factor = left ? 1 / YEAR_SECONDS : YEAR_SECONDS;
        double error = value.value() * factor / target.base();
        if (!(error > 0.1 && error < 10)) {
            return List.of();
        }
        return List.of(
                plain(
                        left
                                ? Said.of("spread over a year of 8,760 h")
                                : Said.of("for a year of 8,760 h"),
                        value,
                        factor,
                        left ? "1 / 8,760 h" : "8,760 h",
                        false));
    }

    /** A sum of bare numbers takes the unit of the claim. */
    private List<Candidate> unitless(Computed value, Dimension gap) {
        boolean bare = parts.stream().allMatch(part -> part.unit().symbol().isEmpty());
        boolean same = value.dimension().equals(Dimension.NONE);
        if (bare && same && !gap.equals(Dimension.NONE)) {
            Said name = Said.of("bare numbers in {}", target.unit().symbol());
            return List.of(plain(name, value, target.unit().factor(), "1 " + target.unit(), true));
        }
        return List.of();
    }

    private static Candidate plain(Said name, Computed value, double factor, boolean expected) {
        return plain(name, value, factor, Numbers.text(factor), expected);
    }

    /** {@code shown} is the factor with its unit. */
    private static Candidate plain(
            Said name, Computed value, double factor, String shown, boolean expected) {
        Said line =
                factor == 1
                        ? Said.figures(value.formula())
                        : Said.of("{} × {} ({})", value.formula(), shown, name);
        double half = value.half() * factor;
        return expected
                ? Candidate.expected(name, value.value() * factor, half, line)
                : Candidate.other(name, value.value() * factor, half, line);
    }
}
