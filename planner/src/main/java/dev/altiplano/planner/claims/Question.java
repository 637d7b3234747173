package dev.altiplano.planner.claims;

import java.util.ArrayList;
import java.util.List;

/**
 * What a rule made of a claim: the figure that is claimed, and what it could have been.
 *
 * @param target the claimed figure
 * @param low lower end of a range, in base units; as the target where there is no range
 * @param impossible reasons why the claim cannot be true whatever fits; empty if there are none
 */
record Question(
        Measure target,
        Relation relation,
        double low,
        List<Candidate> candidates,
        List<Said> notes,
        List<Said> impossible) {
    /** How a candidate has to stand to the target. */
    enum Relation {
        EQUALS,
        /** What is needed must not exceed what there is. */
        AT_MOST,
        /** The claim says at least, or more than. */
        NOT_BELOW,
        /** The claim says less than, or up to. */
        NOT_ABOVE,
        /** The claim gives a range; the target is its upper end. */
        WITHIN
    }

    Question {
        candidates = List.copyOf(candidates);
        notes = List.copyOf(notes);
        impossible = List.copyOf(impossible);
    }

    Question and(List<Said> moreImpossible) {
        List<Said> all = new ArrayList<>(impossible);
        all.addAll(moreImpossible);
        return new Question(target, relation, low, candidates, notes, all);
    }

    /** The same figure with a bound in the place of the equality. */
    Question bounded(Bound bound) {
        if (relation != Relation.EQUALS || !bound.isOn(target)) {
            throw new NotUnderstood(
                    Said.of("a bound on {}, which is not what is claimed", bound.figure()));
        }
        double lowest = bound.low().map(Measure::base).orElse(target.base());
        return new Question(target, bound.relation(), lowest, candidates, notes, impossible);
    }

    static Question of(
            Relation relation, Measure target, List<Candidate> candidates, Said... notes) {
        return new Question(target, relation, target.base(), candidates, List.of(notes), List.of());
    }

    static Question of(Measure target, List<Candidate> candidates, Said... notes) {
        return of(Relation.EQUALS, target, candidates, notes);
    }
}
