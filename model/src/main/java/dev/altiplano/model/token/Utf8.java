package dev.altiplano.model.token;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text as UTF-8 bytes, the form in which it is split, looked up and merged. Arrays from {@link
 * #encode} end in {@link #PADDING_BYTES} zeros, so that eight bytes can be read at every position
 * of the text.
 */
final class Utf8 {
    static final int PADDING_BYTES = Long.BYTES;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private Utf8() {}

    /** The bytes of {@code text} and the padding; an unpaired surrogate becomes U+FFFD. */
    static byte[] encode(String text) {
        byte[] bytes = repairSurrogates(text).getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, bytes.length + PADDING_BYTES);
    }

    private static String repairSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length()
                        || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return replaceUnpaired(text);
                }
                i++;
            }
        }
        return text;
    }

    private static String replaceUnpaired(String text) {
        return text.codePoints()
                .map(point -> point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** How many bytes the character has that starts at {@code position}. */
    static int width(byte[] text, int position) {
        int lead = text[position];
        if (lead >= 0) {
            return 1;
        }
        return lead < (byte) 0xE0 ? 2 : lead < (byte) 0xF0 ? 3 : 4;
    }

    /** The character that starts at {@code position} of well-formed UTF-8. */
    static int codePointAt(byte[] text, int position) {
        int lead = text[position];
        if (lead >= 0) {
            return lead;
        }
        int second = text[position + 1] & 0x3F;
        if (lead < (byte) 0xE0) {
            return (lead & 0x1F) << 6 | second;
        }
        int third = text[position + 2] & 0x3F;
        if (lead < (byte) 0xF0) {
            return (lead & 0x0F) << 12 | second << 6 | third;
        }
        return (lead & 0x07) << 18 | second << 12 | third << 6 | (text[position + 3] & 0x3F);
    }

    /** A hash of the bytes from {@code start} to {@code end} of a padded array. */
    static long hash(byte[] text, int start, int end) {
        int length = end - start;
        if (length <= Long.BYTES) {
            return mix(word(text, start, length) ^ length);
        }
        long hash = length;
        int last = end - Long.BYTES;
        for (int position = start; position < last; position += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(text, position));
        }
        return mix(hash ^ (long) LONGS.get(text, last));
    }

    /** Whether {@code length} bytes of two padded arrays are the same. */
    static boolean equal(byte[] a, int aStart, byte[] b, int bStart, int length) {
        if (length <= Long.BYTES) {
            return word(a, aStart, length) == word(b, bStart, length);
        }
        return Arrays.equals(a, aStart, aStart + length, b, bStart, bStart + length);
    }

    /** Up to eight bytes as one number, the first byte lowest. */
    private static long word(byte[] text, int start, int length) {
        // A shift by 64 would shift by nothing, so that no bytes need a case of their own.
        return length == 0
                ? 0
                : (long) LONGS.get(text, start) & (-1L >>> ((Long.BYTES - length) * Byte.SIZE));
    }

    private static long mix(long value) {
        long product = value * MIX;
        return product ^ (product >>> 32);
    }
}
