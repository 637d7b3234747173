package dev.altiplano.planner.layout;

import java.util.ArrayList;
import java.util.List;

/**
 * The best few and the Pareto front of all candidates that were offered. What it keeps does not
 * depend on the order of the offers, so shortlists of parts can be merged into that of the whole.
 */
final class Shortlist {
    static final int BEST = 20;

    /** A candidate this much slower than the best is of no interest, even if it is smaller. */
    static final double SLOWEST = 1.3;

    private static final int PENDING_MAX = 2_048;

    private List<Candidate> kept = new ArrayList<>();
    private double fastest = Double.POSITIVE_INFINITY;

    double fastestSecondsPerToken() {
        return fastest;
    }

    boolean wants(double secondsPerToken) {
        return secondsPerToken <= SLOWEST * fastest;
    }

    void offer(Candidate candidate) {
        fastest = Math.min(fastest, candidate.secondsPerToken());
        kept.add(candidate);
        if (kept.size() >= PENDING_MAX) {
            reduce();
        }
    }

    void addAll(Shortlist other) {
        for (Candidate candidate : other.kept) {
            if (wants(candidate.secondsPerToken())) {
                offer(candidate);
            }
        }
    }

    List<Candidate> best() {
        reduce();
        return kept.stream().limit(BEST).toList();
    }

    List<Candidate> front() {
        reduce();
        return front(kept);
    }

    private void reduce() {
        List<Candidate> sorted = new ArrayList<>(kept);
        sorted.removeIf(candidate -> !wants(candidate.secondsPerToken()));
        sorted.sort(Candidate.ORDER);
        List<Candidate> next = new ArrayList<>(sorted.subList(0, Math.min(BEST, sorted.size())));
        for (Candidate candidate : front(sorted)) {
            if (!next.contains(candidate)) {
                next.add(candidate);
            }
        }
        kept = next;
    }

    /** In order of time, so whoever comes later can only be covered by whoever came before. */
    private static List<Candidate> front(List<Candidate> sorted) {
        List<Candidate> front = new ArrayList<>();
        for (Candidate candidate : sorted) {
            if (front.stream().noneMatch(other -> other.covers(candidate))) {
                front.add(candidate);
            }
        }
        return front;
    }
}
