package dev.altiplano.planner.layout;

/**
 * Layouts by what became of them. A point is one choice of TP, CP, PP, EP, DP and micro-batch; a
 * pass is a point with a schedule, virtual stages and recomputation; a layout is a pass with a
 * sharding.
 *
 * @param points points whose degrees divide
 * @param slowPoints of these, ruled out by the lower bound on their time
 * @param passes passes of the other points
 * @param slowPasses of these, ruled out by their time without the data-parallel tail
 * @param layouts layouts of the other passes
 * @param statesTooLarge of these, ruled out by weights, gradients and optimizer states alone
 * @param tooLarge of these, ruled out by all of their memory
 * @param refused of these, against a limit of the engine
 * @param fitting those left
 */
public record SearchCounts(
        long points,
        long slowPoints,
        long passes,
        long slowPasses,
        long layouts,
        long statesTooLarge,
        long tooLarge,
        long refused,
        long fitting) {
    static final SearchCounts NONE = new SearchCounts(0, 0, 0, 0, 0, 0, 0, 0, 0);

    SearchCounts plus(SearchCounts other) {
        return new SearchCounts(
                points + other.points,
                slowPoints + other.slowPoints,
                passes + other.passes,
                slowPasses + other.slowPasses,
                layouts + other.layouts,
                statesTooLarge + other.statesTooLarge,
                tooLarge + other.tooLarge,
                refused + other.refused,
                fitting + other.fitting);
    }
}
