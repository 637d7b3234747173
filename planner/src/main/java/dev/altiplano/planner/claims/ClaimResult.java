package dev.altiplano.planner.claims;

import java.util.List;
import java.util.Optional;

/**
 * A claim, judged.
 *
 * @param reading the reading behind a verdict of consistent or consistent-only-as
 * @param readings every one that was tried
 * @param arithmetic line by line
 * @param constants figures that decide, each with its source
 * @param notes how numbers were read, the tolerance, and what probably went wrong
 * @param notUnderstood the part of the claim that could not be read
 */
public record ClaimResult(
        Claim claim,
        Verdict verdict,
        Optional<Said> reading,
        List<Reading> readings,
        List<Said> arithmetic,
        List<Said> constants,
        List<Said> notes,
        Optional<Said> notUnderstood) {

    public ClaimResult {
        readings = List.copyOf(readings);
        arithmetic = List.copyOf(arithmetic);
        constants = List.copyOf(constants);
        notes = List.copyOf(notes);
    }

    static ClaimResult notUnderstood(Claim claim, Said part) {
        return new ClaimResult(
                claim,
                Verdict.NOT_CHECKABLE,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(Said.of("not understood: {}", part)),
                Optional.of(part));
    }
}
