package dev.altiplano.planner.claims;

import java.util.ArrayList;
import java.util.List;

/**
 * What a rule made of a claim: the figure that is claimed, and what it could have been.
 *
 * @param target the claimed figure
 * @param impossible reasons why the claim cannot be true whatever fits; empty if there are none
 */
record Question(
        Measure target,
        Relation relation,
        List<Candidate> candidates,
        List<String> notes,
        List<String> impossible) {
    /** How a candidate has to stand to the target. */
    enum Relation {
        EQUALS,
        /** What is needed must not exceed what there is. */
        AT_MOST
    }

    Question {
        candidates = List.copyOf(candidates);
        notes = List.copyOf(notes);
        impossible = List.copyOf(impossible);
    }

    Question and(List<String> moreImpossible) {
        List<String> all = new ArrayList<>(impossible);
        all.addAll(moreImpossible);
        return new Question(target, relation, candidates, notes, all);
    }

    static Question of(Measure target, List<Candidate> candidates, String... notes) {
        return new Question(target, Relation.EQUALS, candidates, List.of(notes), List.of());
    }
}
