package dev.altiplano.bench.peers;

import java.time.Duration;
import java.util.List;

/**
 * What a run measures. Every engine runs every length on every number of threads, {@code rounds}
 * times.
 *
 * @param timeout of one process
 */
record Plan(
        List<Subject> subjects,
        List<Contender> contenders,
        List<Integer> threads,
        Lengths lengths,
        int rounds,
        Duration timeout) {
    /** Lengths in tokens; {@code depths} is what is in the KV cache before, 0 for nothing. */
    record Lengths(List<Integer> prompts, List<Integer> answers, List<Integer> depths) {
        /** As llama-bench reads lists. */
        static String join(List<Integer> tokens) {
            return tokens.isEmpty()
                    ? "0"
                    : String.join(",", tokens.stream().map(String::valueOf).toList());
        }

        boolean hasDepth() {
            return depths.stream().anyMatch(depth -> depth > 0);
        }
    }
}
