package dev.altiplano.model.token;

/**
 * Two neighbours merge wherever their bytes together are a token. Its place in the order is the
 * token's rank: its id in tiktoken files, the place of its score in SentencePiece models.
 *
 * @param ranks the rank of each id
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and nobody writes to the ranks.
record TokenMerges(Vocabulary vocabulary, int[] ranks) implements MergeRule {
    @Override
    public long merge(int leftId, int rightId, byte[] text, int start, int end) {
        int id = vocabulary.find(text, start, end);
        return id < 0 ? NONE : MergeRule.of(ranks[id], id);
    }
}
