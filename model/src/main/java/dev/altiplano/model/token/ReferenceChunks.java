package dev.altiplano.model.token;

/**
 * Cuts a long text where the reference implementations of Llama 3 and 4 cut it before they split
 * it: after every 400,000 characters, and in each of those parts before the 25,001st character of a
 * run of white space or of anything else. Ids at these borders depend on it.
 *
 * <p>Walks forward once; not safe for many threads.
 */
final class ReferenceChunks {
    private static final int PART_CHARACTERS = 400_000;
    private static final int RUN_CHARACTERS = 25_000;

    private final byte[] text;
    private final int end;
    private int chunkEnd;
    private int partCharacters;

    /** The text of {@code end} bytes in a padded array. */
    ReferenceChunks(byte[] text, int end) {
        this.text = text;
        this.end = end;
    }

    /** The end of the next chunk; after {@code end} has been returned there is none. */
    int next() {
        if (end <= RUN_CHARACTERS) {
            return end;
        }
        int position = chunkEnd;
        int run = 0;
        boolean isSpaceRun = false;
        while (position < end && partCharacters < PART_CHARACTERS) {
            boolean isSpace = isSpace(position);
            run = isSpace == isSpaceRun ? run + 1 : 1;
            isSpaceRun = isSpace;
            if (run > RUN_CHARACTERS) {
                chunkEnd = position;
                return position;
            }
            position += Utf8.width(text, position);
            partCharacters++;
        }
        partCharacters = 0;
        chunkEnd = position;
        return position;
    }

    /** As Python's {@code str.isspace}: White_Space and the four information separators. */
    private boolean isSpace(int position) {
        int lead = text[position];
        return (lead >= 0x1C && lead <= 0x1F)
                || (CharacterClass.at(text, position) & CharacterClass.SPACE) != 0;
    }
}
