package dev.altiplano.planner.site;

import static dev.altiplano.planner.quantity.Checks.positive;

import dev.altiplano.planner.explain.Term;
import dev.altiplano.planner.quantity.FacilityPower;
import java.util.List;
import java.util.Optional;

/**
 * The power of one training step, which repeats: all accelerators compute and wait together, so
 * their swings add up and the site oscillates at the rate of the steps (arXiv 2508.14318).
 */
public record StepPattern(List<Phase> phases) {
    /** Band in which grids and generators resonate. */
    private static final double BAND_LOW_HERTZ = 0.1;

    private static final double BAND_HIGH_HERTZ = 20;

    /** A part of the step. */
    public record Phase(String name, double seconds, FacilityPower power) {
        public Phase {
            positive("seconds", seconds);
        }
    }

    /** A sine wave in the site's power. */
    public record Oscillation(double hertz, double amplitudeWatts) {}

    public StepPattern {
        phases = List.copyOf(phases);
        if (phases.isEmpty()) {
            throw new IllegalArgumentException("a step has at least one phase");
        }
    }

    public double stepSeconds() {
        return phases.stream().mapToDouble(Phase::seconds).sum();
    }

    public FacilityPower highest() {
        return phases.stream().map(Phase::power).reduce((a, b) -> a.compareTo(b) > 0 ? a : b).get();
    }

    public FacilityPower lowest() {
        return phases.stream().map(Phase::power).reduce((a, b) -> a.compareTo(b) < 0 ? a : b).get();
    }

    /** Between the highest and the lowest phase. */
    public double swingWatts() {
        return highest().minus(lowest()).watts();
    }

    /** The first harmonic of the step. */
    public Oscillation fundamental() {
        return harmonic(1);
    }

    /** The strongest harmonic between 0.1 and 20 Hz; empty if the step has none there. */
    public Optional<Oscillation> strongestInBand() {
        int first = (int) Math.max(1, Math.ceil(BAND_LOW_HERTZ * stepSeconds()));
        int last = (int) Math.floor(BAND_HIGH_HERTZ * stepSeconds());
        Optional<Oscillation> strongest = Optional.empty();
        // Harmonics fall as 1/k, so a hundred of them hold the strongest.
        for (int order = first; order <= Math.min(last, first + 100); order++) {
            Oscillation found = harmonic(order);
            if (strongest.isEmpty() || found.amplitudeWatts() > strongest.get().amplitudeWatts()) {
                strongest = Optional.of(found);
            }
        }
        return strongest;
    }

    /** {@code 2/T |∫ P e^(-2πi order t/T) dt|} over one step. */
    Oscillation harmonic(int order) {
        double period = stepSeconds();
        double angular = 2 * Math.PI * order / period;
        double cosine = 0;
        double sine = 0;
        double from = 0;
        for (Phase phase : phases) {
            double until = from + phase.seconds();
            double watts = phase.power().watts();
            cosine += watts * (StrictMath.sin(angular * until) - StrictMath.sin(angular * from));
            sine += watts * (StrictMath.cos(angular * from) - StrictMath.cos(angular * until));
            from = until;
        }
        return new Oscillation(
                order / period, 2 / (angular * period) * StrictMath.hypot(cosine, sine));
    }

    public List<Term> terms() {
        return List.of(
                Term.of(
                        "swing",
                        swingWatts(),
                        "W",
                        "n (P_busy - P_wait)",
                        "{} - {}",
                        highest().watts(),
                        lowest().watts()),
                Term.of(
                        "step rate",
                        fundamental().hertz(),
                        "Hz",
                        "1 / step time",
                        "1 / {}",
                        stepSeconds()));
    }
}
