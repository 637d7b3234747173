package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Boundary;
import dev.altiplano.planner.quantity.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The powers that a number of accelerators can mean: four states, each at every boundary (section
 * 11 of the specification). Expected is what the claim says, and without a word of it the typical
 * draw while training at the boundary that it names; without a boundary nothing is expected.
 */
final class PowerLadder {
    /** How hard the accelerators work. */
    private enum State {
        TDP(Said.of("GPUs at TDP only"), Meaning.TDP_ONLY),
        TYPICAL(Said.of("node typical while training"), Meaning.TRAINING),
        MAXIMUM(Said.of("node at measured maximum"), Meaning.MAXIMUM),
        RATED(Said.of("node rated"), Meaning.RATED);

        @SuppressWarnings("ImmutableEnumChecker") // a record of texts
        private final Said title;

        private final Meaning word;

        State(Said title, Meaning word) {
            this.title = title;
            this.word = word;
        }

        double watts(Chip chip) {
            return switch (this) {
                case TDP -> chip.tdpWatts();
                case TYPICAL -> chip.typicalWatts();
                case MAXIMUM -> chip.maximumWatts();
                case RATED -> chip.ratedWatts();
            };
        }
    }

    private final Chip chip;
    private final ClaimConstants constants;
    private final double pue;
    private final Optional<Boundary> stated;
    private final Set<Meaning> words;

    PowerLadder(
            Chip chip,
            ClaimConstants constants,
            double pue,
            Optional<Boundary> stated,
            Set<Meaning> words) {
        this.chip = chip;
        this.constants = constants;
        this.pue = pue;
        this.stated = stated;
        this.words = words;
    }

    /** The readings for {@code gpus}, which may be GPU-seconds: then they are energies. */
    List<Candidate> readings(Computed gpus) {
        List<Candidate> candidates = new ArrayList<>();
        for (State state : State.values()) {
            for (Boundary boundary : Boundary.values()) {
                boolean bare = state == State.TDP;
                if ((boundary == Boundary.ACCELERATOR && !bare)
                        || (boundary == Boundary.NODE && bare)) {
                    continue;
                }
                candidates.add(reading(gpus, state, boundary));
            }
        }
        return candidates;
    }

    private Candidate reading(Computed gpus, State state, Boundary boundary) {
        double watts = state.watts(chip);
        Said line = Said.of("{} × {} W", gpus.formula(), Numbers.text(watts));
        double factor = 1;
        if (boundary.compareTo(Boundary.IT) >= 0) {
            factor += constants.itOverhead();
            line = Said.of("{} × {} network and storage", line, Numbers.text(factor));
        }
        if (boundary == Boundary.FACILITY) {
            factor *= pue;
            line = Said.of("{} × {} PUE", line, Numbers.text(pue));
        }
        boolean admissible = stated.isEmpty() || stated.get() == boundary;
        return new Candidate(
                Said.of("{}, {}", boundaryName(boundary), state.title),
                gpus.value() * watts * factor,
                gpus.half() * watts * factor,
                isExpected(state, boundary),
                admissible,
                List.of(line),
                List.of(
                        chip.powerSource(),
                        ClaimConstants.told(constants.network()),
                        pue == constants.pue()
                                ? ClaimConstants.told(constants.siteUsage())
                                : Said.of("PUE of the claim")));
    }

    private boolean isExpected(State state, Boundary boundary) {
        boolean tdpAlone = stated.isEmpty() && words.contains(Meaning.TDP_ONLY);
        if (!stated.equals(Optional.of(boundary)) && !tdpAlone) {
            return false;
        }
        if (tdpAlone) {
            return state == State.TDP && boundary == Boundary.ACCELERATOR;
        }
        boolean anyWord = false;
        for (State each : State.values()) {
            anyWord |= words.contains(each.word);
        }
        boolean usual =
                boundary == Boundary.ACCELERATOR ? state == State.TDP : state == State.TYPICAL;
        return anyWord ? words.contains(state.word) : usual;
    }

    static Said boundaryName(Boundary boundary) {
        return switch (boundary) {
            case ACCELERATOR -> Said.of("accelerator");
            case NODE -> Said.of("node");
            case IT -> Said.of("IT");
            case FACILITY -> Said.of("facility");
        };
    }
}
