package dev.altiplano.model.token;

/**
 * The classes that split patterns tell characters apart by, one bit each: Unicode general
 * categories, and White_Space for {@code \s}. A character has exactly one.
 */
final class CharacterClass {
    /** {@code \p{Lu}} and {@code \p{Lt}}. */
    static final int UPPER = 1;

    /** {@code \p{Ll}}. */
    static final int LOWER = 1 << 1;

    /** {@code \p{Lm}} and {@code \p{Lo}}. */
    static final int CASELESS = 1 << 2;

    /** {@code \p{M}}. */
    static final int MARK = 1 << 3;

    /** {@code \p{N}}. */
    static final int NUMBER = 1 << 4;

    /** White_Space without carriage return and line feed. */
    static final int BLANK = 1 << 5;

    /** Carriage return and line feed. */
    static final int NEWLINE = 1 << 6;

    /** {@code \p{P}}. */
    static final int PUNCTUATION = 1 << 7;

    /** Everything else: symbols, controls, unassigned. */
    static final int OTHER = 1 << 8;

    /** {@code \p{L}}. */
    static final int LETTER = UPPER | LOWER | CASELESS;

    /** {@code \s}. */
    static final int SPACE = BLANK | NEWLINE;

    /** {@code [^\s\p{L}\p{N}]}. */
    static final int SIGN = MARK | PUNCTUATION | OTHER;

    private static final int NEXT_LINE = 0x85;

    private static final int[] OF_TYPE = ofTypes();
    private static final int[] OF_ASCII = ofAscii();

    private CharacterClass() {}

    private static int[] ofTypes() {
        int[] classes = new int[Character.FINAL_QUOTE_PUNCTUATION + 1];
        for (int type = 0; type < classes.length; type++) {
            classes[type] =
                    switch (type) {
                        case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> UPPER;
                        case Character.LOWERCASE_LETTER -> LOWER;
                        case Character.MODIFIER_LETTER, Character.OTHER_LETTER -> CASELESS;
                        case Character.NON_SPACING_MARK,
                                Character.ENCLOSING_MARK,
                                Character.COMBINING_SPACING_MARK ->
                                MARK;
                        case Character.DECIMAL_DIGIT_NUMBER,
                                Character.LETTER_NUMBER,
                                Character.OTHER_NUMBER ->
                                NUMBER;
                        case Character.SPACE_SEPARATOR,
                                Character.LINE_SEPARATOR,
                                Character.PARAGRAPH_SEPARATOR ->
                                BLANK;
                        case Character.CONNECTOR_PUNCTUATION,
                                Character.DASH_PUNCTUATION,
                                Character.START_PUNCTUATION,
                                Character.END_PUNCTUATION,
                                Character.INITIAL_QUOTE_PUNCTUATION,
                                Character.FINAL_QUOTE_PUNCTUATION,
                                Character.OTHER_PUNCTUATION ->
                                PUNCTUATION;
                        default -> OTHER;
                    };
        }
        return classes;
    }

    private static int[] ofAscii() {
        int[] classes = new int[128];
        for (int c = 0; c < classes.length; c++) {
            classes[c] = OF_TYPE[Character.getType(c)];
        }
        for (char blank : new char[] {'\t', '\u000B', '\f'}) {
            classes[blank] = BLANK;
        }
        classes['\n'] = NEWLINE;
        classes['\r'] = NEWLINE;
        return classes;
    }

    /** The class of the character that starts at {@code position} of well-formed UTF-8. */
    static int at(byte[] text, int position) {
        int lead = text[position];
        return lead >= 0 ? OF_ASCII[lead] : ofWide(Utf8.codePointAt(text, position));
    }

    private static int ofWide(int codePoint) {
        return codePoint == NEXT_LINE ? BLANK : OF_TYPE[Character.getType(codePoint)];
    }

    /** The end of the run of characters of any class in {@code classes} from {@code position}. */
    static int runEnd(byte[] text, int position, int end, int classes) {
        while (position < end && (at(text, position) & classes) != 0) {
            position += Utf8.width(text, position);
        }
        return position;
    }
}
