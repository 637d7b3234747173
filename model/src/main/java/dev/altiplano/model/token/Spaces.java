package dev.altiplano.model.token;

import static dev.altiplano.model.token.CharacterClass.NEWLINE;
import static dev.altiplano.model.token.CharacterClass.SPACE;

/** The last alternatives of every split pattern: what to do with a run of white space. */
final class Spaces {
    private Spaces() {}

    /**
     * {@code \s*[\r\n]+|\s+(?!\S)|\s+}: up to the last line end of the run; without one, all of it
     * but the last character, which goes with the word that follows.
     */
    static int endAtNewline(byte[] text, int start, int end) {
        int afterNewline = start;
        int position = start;
        int characterClass;
        while (position < end
                && ((characterClass = CharacterClass.at(text, position)) & SPACE) != 0) {
            position += Utf8.width(text, position);
            afterNewline = characterClass == NEWLINE ? position : afterNewline;
        }
        return afterNewline > start ? afterNewline : end(text, start, end, 0);
    }

    /**
     * {@code \s+(?!\S)|\s+}, where a character of {@code closing} counts as the end of the text.
     */
    static int end(byte[] text, int start, int end, int closing) {
        int last = start;
        int position = start;
        while (position < end && (CharacterClass.at(text, position) & SPACE) != 0) {
            last = position;
            position += Utf8.width(text, position);
        }
        boolean atEnd = position == end || (CharacterClass.at(text, position) & closing) != 0;
        return atEnd || last == start ? position : last;
    }
}
