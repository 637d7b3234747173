package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Compares a claimed figure with everything that it could have been. */
final class Judge {
    private final Question question;
    private final Tolerance tolerance;
    private final List<Reading> readings = new ArrayList<>();

    Judge(Question question, boolean about) {
        this.question = question;
        this.tolerance = new Tolerance(question.target(), about);
        question.candidates().forEach(candidate -> readings.add(reading(candidate)));
    }

    private Reading reading(Candidate candidate) {
        Measure target = question.target();
        double claimed = target.base();
        double difference = difference(candidate.value());
        double allowed = tolerance.allowed(candidate.half());
        boolean near =
                switch (question.relation()) {
                    case EQUALS, WITHIN -> Math.abs(difference) <= allowed;
                    case AT_MOST -> difference <= 0;
                    case NOT_BELOW -> difference >= -allowed;
                    case NOT_ABOVE -> difference <= allowed;
                };
        double error =
                target.isPercent() || claimed == 0 ? difference : difference / Math.abs(claimed);
        return new Reading(
                candidate.name(),
                candidate.arithmetic(),
                target.unit().fromBase(candidate.value()),
                target.unit().symbol(),
                error,
                near && candidate.admissible(),
                candidate.expected());
    }

    /** From the claimed figure; of a range from its nearer end, and nothing inside. */
    private double difference(double value) {
        double high = question.target().base();
        if (question.relation() != Question.Relation.WITHIN) {
            return value - high;
        }
        return value - Math.clamp(value, question.low(), high);
    }

    boolean anyFits() {
        return readings.stream().anyMatch(Reading::fits);
    }

    ClaimResult result(Claim claim, List<Said> statementNotes) {
        Optional<Reading> fitting = fitting();
        Verdict verdict = verdict(fitting);
        List<Said> notes = new ArrayList<>(statementNotes);
        notes.addAll(question.impossible());
        notes.addAll(question.notes());
        if (question.relation() != Question.Relation.AT_MOST) {
            notes.add(tolerance.explanation());
        }
        notes.addAll(about(verdict));
        return new ClaimResult(
                claim,
                verdict,
                verdict == Verdict.INCONSISTENT ? Optional.empty() : fitting.map(Reading::name),
                readings,
                arithmetic(),
                constants(),
                notes,
                Optional.empty());
    }

    private Verdict verdict(Optional<Reading> fitting) {
        if (!question.impossible().isEmpty() || fitting.isEmpty()) {
            return Verdict.INCONSISTENT;
        }
        return fitting.get().expected() || allFit()
                ? Verdict.CONSISTENT
                : Verdict.CONSISTENT_ONLY_AS;
    }

    /** A bound that holds in every reading holds whatever was meant. */
    private boolean allFit() {
        boolean isBound = question.relation().compareTo(Question.Relation.AT_MOST) > 0;
        return isBound
                && question.candidates().size() > 1
                && readings.stream().filter(Reading::fits).count()
                        == question.candidates().stream().filter(Candidate::admissible).count();
    }

    /** The expected reading if it fits, else the nearest that does. */
    private Optional<Reading> fitting() {
        return readings.stream()
                .filter(Reading::fits)
                .min(
                        Comparator.comparing((Reading reading) -> !reading.expected())
                                .thenComparingDouble(reading -> Math.abs(reading.error())));
    }

    private List<Said> about(Verdict verdict) {
        List<Said> notes = new ArrayList<>();
        long fits = readings.stream().filter(Reading::fits).count();
        if (verdict == Verdict.CONSISTENT_ONLY_AS && readings.size() > 1) {
            notes.add(
                    Said.of(
                            "{} of {} readings fit; one that fits is no proof that it was meant",
                            fits,
                            readings.size()));
        }
        if (verdict == Verdict.INCONSISTENT) {
            readings.stream()
                    .min(Comparator.comparingDouble((Reading reading) -> Math.abs(reading.error())))
                    .ifPresent(
                            nearest ->
                                    notes.add(
                                            Said.of(
                                                    "nearest: {}, {}",
                                                    nearest.name(),
                                                    error(nearest))));
            question.candidates().stream()
                    .filter(Candidate::expected)
                    .findFirst()
                    .flatMap(
                            candidate ->
                                    UnitSlip.find(
                                            candidate.value() / question.target().base(),
                                            question.target().dimension()))
                    .ifPresent(notes::add);
        }
        return notes;
    }

    private List<Said> arithmetic() {
        List<Said> lines = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            Reading reading = readings.get(i);
            lines.addAll(question.candidates().get(i).arithmetic());
            Said line =
                    Said.of(
                            "  {}: {} {} against {}: {}",
                            reading.name(),
                            Numbers.text(reading.value()),
                            reading.unit(),
                            question.target(),
                            error(reading));
            lines.add(reading.fits() ? Said.of("{}, fits", line) : line);
        }
        return lines.stream().distinct().toList();
    }

    private Said error(Reading reading) {
        return question.target().isPercent()
                ? Said.of("{} points", percent(reading))
                : Said.of("{} %", percent(reading));
    }

    private static String percent(Reading reading) {
        return String.format(Locale.ROOT, "%+.1f", reading.error() * 100);
    }

    private List<Said> constants() {
        Set<Said> constants = new LinkedHashSet<>();
        question.candidates().forEach(candidate -> constants.addAll(candidate.constants()));
        return List.copyOf(constants);
    }
}
