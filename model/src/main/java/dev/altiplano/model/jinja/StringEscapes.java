package dev.altiplano.model.jinja;

/** The escapes of Python's string literals. An unknown escape stays as it is written. */
final class StringEscapes {
    private StringEscapes() {}

    static String resolve(String literal, Position position) {
        if (literal.indexOf('\\') < 0) {
            return literal;
        }
        StringBuilder result = new StringBuilder(literal.length());
        int i = 0;
        while (i < literal.length()) {
            char c = literal.charAt(i++);
            if (c != '\\') {
                result.append(c);
                continue;
            }
            char kind = literal.charAt(i++);
            switch (kind) {
                case '\n' -> {}
                case '\\', '\'', '"' -> result.append(kind);
                case 'a' -> result.append('\u0007');
                case 'b' -> result.append('\b');
                case 'f' -> result.append('\f');
                case 'n' -> result.append('\n');
                case 'r' -> result.append('\r');
                case 't' -> result.append('\t');
                case 'v' -> result.append('\u000b');
                case 'x' -> i = appendHex(literal, i, 2, position, result);
                case 'u' -> i = appendHex(literal, i, 4, position, result);
                case 'U' -> i = appendHex(literal, i, 8, position, result);
                case 'N' -> i = appendNamed(literal, i, position, result);
                case '0', '1', '2', '3', '4', '5', '6', '7' ->
                        i = appendOctal(literal, i - 1, result);
                default -> result.append('\\').append(kind);
            }
        }
        return result.toString();
    }

    private static int appendHex(
            String literal, int start, int digits, Position position, StringBuilder result) {
        int end = start + digits;
        int codePoint = -1;
        if (end <= literal.length()
                && literal.substring(start, end)
                        .chars()
                        .allMatch(c -> Character.digit(c, 16) >= 0)) {
            codePoint = Integer.parseUnsignedInt(literal.substring(start, end), 16);
        }
        if (!Character.isValidCodePoint(codePoint)) {
            throw ChatTemplateException.syntax(
                    position,
                    "an escape in this string needs %d hexadecimal digits of a character."
                            .formatted(digits));
        }
        result.appendCodePoint(codePoint);
        return end;
    }

    private static int appendNamed(
            String literal, int start, Position position, StringBuilder result) {
        int end = literal.indexOf('}', start);
        try {
            if (end > start && literal.charAt(start) == '{') {
                result.appendCodePoint(Character.codePointOf(literal.substring(start + 1, end)));
                return end + 1;
            }
        } catch (IllegalArgumentException unknown) {
            throw ChatTemplateException.syntax(
                    position, "an escape in this string names no known character.");
        }
        throw ChatTemplateException.syntax(
                position, "an escape in this string needs a character's name in braces.");
    }

    private static int appendOctal(String literal, int start, StringBuilder result) {
        int end = start;
        int value = 0;
        while (end < literal.length() && end < start + 3 && isOctal(literal.charAt(end))) {
            value = value * 8 + literal.charAt(end++) - '0';
        }
        result.appendCodePoint(value);
        return end;
    }

    private static boolean isOctal(char c) {
        return c >= '0' && c <= '7';
    }
}
