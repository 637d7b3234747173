package dev.altiplano.model.token;

import java.text.Normalizer;

/**
 * What is done to text before it is split, beyond turning it into UTF-8.
 *
 * @param composed whether characters are composed (Unicode NFC)
 * @param spacePrefix where a space is put in front, so that a first word looks like any other
 * @param spaceSymbol whether U+2581 means a space, as SentencePiece writes it; the vocabulary holds
 *     plain spaces, so here it only has to be read as one
 */
record TextForm(boolean composed, SpacePrefix spacePrefix, boolean spaceSymbol) {
    static final char SPACE_SYMBOL = '\u2581';

    /** Text as it is. */
    static final TextForm PLAIN = new TextForm(false, SpacePrefix.NEVER, false);

    enum SpacePrefix {
        NEVER,
        /** In front of the text only. */
        AT_START,
        /** In front of the text and of each part of it that follows an added token. */
        AT_EVERY_SECTION
    }

    /** {@code section} lies between added tokens; {@code isStart} if it is the head of the text. */
    String apply(String section, boolean isStart) {
        String text = composed ? Normalizer.normalize(section, Normalizer.Form.NFC) : section;
        text = prefixes(isStart) ? ' ' + text : text;
        return spaceSymbol ? text.replace(SPACE_SYMBOL, ' ') : text;
    }

    /** Whether {@link #apply} puts a space in front of such a section. */
    boolean prefixes(boolean isStart) {
        return switch (spacePrefix) {
            case NEVER -> false;
            case AT_START -> isStart;
            case AT_EVERY_SECTION -> true;
        };
    }
}
