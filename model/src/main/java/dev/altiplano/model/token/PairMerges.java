package dev.altiplano.model.token;

/** Merges that a file lists pair by pair, as {@code tokenizer.json} and GGUF do. */
record PairMerges(PairTable merges) implements MergeRule {
    @Override
    public long merge(int leftId, int rightId, byte[] text, int start, int end) {
        if (leftId < 0 || rightId < 0) {
            return NONE;
        }
        long merge = merges.get(leftId, rightId);
        return merge == PairTable.MISSING ? NONE : merge;
    }
}
