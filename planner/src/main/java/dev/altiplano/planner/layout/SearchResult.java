package dev.altiplano.planner.layout;

import java.util.List;

/**
 * What a search found.
 *
 * @param best at most 20, in order
 * @param front the best in step time, memory head room, accelerators or tokens/s per MW: no other
 *     is as good in all of them
 * @param counts why the rest of the space was left
 * @param findings what a person should know before they use the best
 * @param timedOut whether the search was stopped; then a better layout may exist
 */
public record SearchResult(
        List<Candidate> best,
        List<Candidate> front,
        SearchCounts counts,
        List<Finding> findings,
        boolean timedOut) {
    public SearchResult {
        best = List.copyOf(best);
        front = List.copyOf(front);
        findings = List.copyOf(findings);
    }
}
