package dev.altiplano.bench.peers;

/**
 * What is timed, as llama-bench counts it: a prompt that is read, or tokens that are generated,
 * after {@code depthTokens} that are in the KV cache already.
 */
record Workload(int promptTokens, int generatedTokens, int depthTokens)
        implements Comparable<Workload> {
    Workload {
        if ((promptTokens == 0) == (generatedTokens == 0)) {
            throw new IllegalArgumentException(
                    "expected either a prompt or an answer, found %d and %d tokens"
                            .formatted(promptTokens, generatedTokens));
        }
    }

    boolean isDecode() {
        return generatedTokens > 0;
    }

    /** Prompts first, short before long, shallow before deep. */
    @Override
    public int compareTo(Workload other) {
        int byKind = Integer.compare(generatedTokens, other.generatedTokens);
        int byPrompt = byKind != 0 ? byKind : Integer.compare(promptTokens, other.promptTokens);
        return byPrompt != 0 ? byPrompt : Integer.compare(depthTokens, other.depthTokens);
    }

    /** As llama-bench calls it: {@code pp512}, {@code tg32 @ d4096}. */
    @Override
    public String toString() {
        String name = isDecode() ? "tg" + generatedTokens : "pp" + promptTokens;
        return depthTokens == 0 ? name : name + " @ d" + depthTokens;
    }
}
