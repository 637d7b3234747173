package dev.altiplano.model.token;

import static dev.altiplano.model.token.CharacterClass.LETTER;
import static dev.altiplano.model.token.CharacterClass.NUMBER;
import static dev.altiplano.model.token.CharacterClass.PUNCTUATION;
import static dev.altiplano.model.token.CharacterClass.SIGN;
import static dev.altiplano.model.token.CharacterClass.SPACE;

/**
 * What a GGUF file means that names no pre-tokenizer or {@code default} ({@link
 * SplitPattern#DEFAULT}): punctuation apart, the rest as GPT-2, numbers apart, ASCII digits in
 * threes. Source: llama.cpp, the default of its byte-pair tokenizer.
 */
final class DefaultSplitter implements Splitter {
    private static final int GROUP_DIGITS = 3;

    @Override
    public int pieceEnd(byte[] text, int start, int end) {
        if (isPunctuation(text, start)) {
            return signsEnd(text, start, end, true);
        }
        if (CharacterClass.at(text, start) == NUMBER) {
            return numberEnd(text, start, end);
        }
        int body = text[start] == ' ' && start + 1 < end ? start + 1 : start;
        int characterClass = CharacterClass.at(text, body);
        if ((characterClass & LETTER) != 0) {
            return CharacterClass.runEnd(text, body, end, LETTER);
        }
        if ((characterClass & SIGN) != 0 && !isPunctuation(text, body)) {
            return signsEnd(text, body, end, false);
        }
        return spacesEnd(text, start, end);
    }

    /** {@code [\p{P}$+<=>^~|]}. */
    private static boolean isPunctuation(byte[] text, int position) {
        return switch (text[position]) {
            case '$', '+', '<', '=', '>', '^', '~', '|' -> true;
            default -> CharacterClass.at(text, position) == PUNCTUATION;
        };
    }

    private static int signsEnd(byte[] text, int start, int end, boolean punctuation) {
        int position = start;
        while (position < end
                && (CharacterClass.at(text, position) & SIGN) != 0
                && isPunctuation(text, position) == punctuation) {
            position += Utf8.width(text, position);
        }
        return position;
    }

    /** Three ASCII digits, or else the numbers up to the next three. */
    private static int numberEnd(byte[] text, int start, int end) {
        if (isGroup(text, start, end)) {
            return start + GROUP_DIGITS;
        }
        int position = start;
        while (position < end
                && CharacterClass.at(text, position) == NUMBER
                && !isGroup(text, position, end)) {
            position += Utf8.width(text, position);
        }
        return position;
    }

    private static boolean isGroup(byte[] text, int start, int end) {
        return start + GROUP_DIGITS <= end
                && isDigit(text[start])
                && isDigit(text[start + 1])
                && isDigit(text[start + 2]);
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private static int spacesEnd(byte[] text, int start, int end) {
        int spaces = CharacterClass.runEnd(text, start, end, SPACE);
        return spaces < end && isPunctuation(text, spaces)
                ? spaces
                : Spaces.end(text, start, end, 0);
    }
}
