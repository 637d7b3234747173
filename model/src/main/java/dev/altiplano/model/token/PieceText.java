package dev.altiplano.model.token;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes of tokens as people can read them. */
final class PieceText {
    private PieceText() {}

    /** UTF-8 as text; a byte that is no part of a whole character as {@code <0xE2>}. */
    static String of(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        int position = 0;
        while (position < bytes.length) {
            int width = wholeWidth(bytes, position);
            if (width == 0) {
                text.append("<0x")
                        .append(HexFormat.of().withUpperCase().toHexDigits(bytes[position]))
                        .append('>');
                position++;
            } else {
                text.append(new String(bytes, position, width, StandardCharsets.UTF_8));
                position += width;
            }
        }
        return text.toString();
    }

    /** The width of the well-formed character at {@code position}, or 0. */
    private static int wholeWidth(byte[] bytes, int position) {
        int width = Utf8.width(bytes, position);
        if (position + width > bytes.length) {
            return 0;
        }
        // The decoder of the JDK knows every ill-formed sequence: one char U+FFFD or more of them.
        String character = new String(bytes, position, width, StandardCharsets.UTF_8);
        boolean isReplacement = character.charAt(0) == '\uFFFD' && !isReplacement(bytes, position);
        return isReplacement ? 0 : width;
    }

    private static boolean isReplacement(byte[] bytes, int position) {
        return position + 2 < bytes.length
                && bytes[position] == (byte) 0xEF
                && bytes[position + 1] == (byte) 0xBF
                && bytes[position + 2] == (byte) 0xBD;
    }
}
