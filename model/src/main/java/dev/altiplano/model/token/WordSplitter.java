package dev.altiplano.model.token;

/**
 * Cuts text in front of each space that follows something else. SentencePiece does not split; but
 * where no token has a space inside, nothing merges across such a place, and words can be merged,
 * and remembered, one by one.
 */
final class WordSplitter implements Splitter {
    /** Takes all text as one piece. */
    static final Splitter NONE = (text, start, end) -> end;

    private WordSplitter() {}

    /** Words where the tokens allow it, else {@link #NONE}. */
    static Splitter of(Vocabulary vocabulary) {
        for (int id = 0; id < vocabulary.size(); id++) {
            if (vocabulary.kind(id) == TokenKind.NORMAL && hasInnerSpace(vocabulary.bytes(id))) {
                return NONE;
            }
        }
        return new WordSplitter();
    }

    private static boolean hasInnerSpace(byte[] token) {
        for (int i = 1; i < token.length; i++) {
            if (token[i] == ' ' && token[i - 1] != ' ') {
                return true;
            }
        }
        return false;
    }

    @Override
    public int pieceEnd(byte[] text, int start, int end) {
        int position = start + 1;
        while (position < end && (text[position] != ' ' || text[position - 1] == ' ')) {
            position++;
        }
        return position;
    }
}
