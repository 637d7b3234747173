package dev.altiplano.model.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How a file writes the bytes of a token as text. */
enum Spelling {
    /**
     * GPT-2's: every byte is a printable character, those that ASCII and Latin-1 print themselves,
     * the others from U+0100 on, in order. A space is {@code Ġ}. Source: GPT-2's published encoder.
     */
    BYTE_LEVEL {
        @Override
        int write(String text, int start, int end, byte[] target, int at) {
            for (int i = start; i < end; i++) {
                char letter = text.charAt(i);
                if (letter >= BYTE_OF_LETTER.length || BYTE_OF_LETTER[letter] < 0) {
                    return -1;
                }
                target[at + i - start] = (byte) BYTE_OF_LETTER[letter];
            }
            return end - start;
        }
    },

    /** SentencePiece's: UTF-8 with U+2581 for a space. */
    SENTENCE_PIECE {
        @Override
        int write(String text, int start, int end, byte[] target, int at) {
            String spaced = text.substring(start, end).replace(TextForm.SPACE_SYMBOL, ' ');
            byte[] bytes = spaced.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, target, at, bytes.length);
            return bytes.length;
        }
    };

    private static final int[] BYTE_OF_LETTER = byteOfLetter();

    /** The most bytes that one char of a piece can stand for. */
    static final int CHAR_BYTES_MAX = 3;

    /**
     * Writes the bytes of the ordinary piece that stands in {@code text} from {@code start} to
     * {@code end}, and answers how many; -1 where it cannot be one.
     */
    abstract int write(String text, int start, int end, byte[] target, int at);

    /** The byte that a piece like {@code <0x0A>} stands for, or -1. */
    static int byteOf(String piece) {
        if (piece.length() != 6 || !piece.startsWith("<0x") || piece.charAt(5) != '>') {
            return -1;
        }
        int high = Character.digit(piece.charAt(3), 16);
        int low = Character.digit(piece.charAt(4), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int[] byteOfLetter() {
        int[] bytes = new int[0x144];
        Arrays.fill(bytes, -1);
        int next = 0x100;
        for (int value = 0; value < 256; value++) {
            boolean prints =
                    (value >= '!' && value <= '~')
                            || (value >= 0xA1 && value <= 0xFF && value != 0xAD);
            bytes[prints ? value : next++] = value;
        }
        return bytes;
    }
}
