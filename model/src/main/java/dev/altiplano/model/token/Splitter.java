package dev.altiplano.model.token;

/**
 * Cuts text into the pieces that are merged each on its own. Walks forward over UTF-8 bytes without
 * backtracking over more than it has just read, so its time is linear in the text.
 *
 * <p>Stateless, safe for many threads.
 */
interface Splitter {
    /**
     * The end of the piece that begins at {@code start}, more than {@code start}. The text ends at
     * {@code end}, which is more than {@code start}; the array is padded as {@link Utf8} says.
     */
    int pieceEnd(byte[] text, int start, int end);
}
