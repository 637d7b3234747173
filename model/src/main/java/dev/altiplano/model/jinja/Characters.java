package dev.altiplano.model.jinja;

/** Python's classes of characters. */
final class Characters {
    private Characters() {}

    /** {@code str.isspace()} for one character; also what {@code strip()} takes off. */
    static boolean isSpace(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint == ' '
                    || (codePoint >= '\t' && codePoint <= '\r')
                    || (codePoint >= 0x1c && codePoint <= 0x1f);
        }
        return codePoint == 0x85 || Character.isSpaceChar(codePoint);
    }

    /** Where {@code str.splitlines()} ends a line; {@code \r\n} counts as one end. */
    static boolean isLineEnd(char c) {
        return (c >= '\n' && c <= '\r')
                || (c >= 0x1c && c <= 0x1e)
                || c == 0x85
                || c == '\u2028'
                || c == '\u2029';
    }

    /** {@code str.isprintable()} for one character. */
    static boolean isPrintable(int codePoint) {
        if (codePoint == ' ') {
            return true;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    static boolean isCased(int codePoint) {
        return Character.isUpperCase(codePoint)
                || Character.isLowerCase(codePoint)
                || Character.isTitleCase(codePoint);
    }
}
