package dev.altiplano.model.token;

import static dev.altiplano.model.token.CharacterClass.CASELESS;
import static dev.altiplano.model.token.CharacterClass.LETTER;
import static dev.altiplano.model.token.CharacterClass.LOWER;
import static dev.altiplano.model.token.CharacterClass.MARK;
import static dev.altiplano.model.token.CharacterClass.NEWLINE;
import static dev.altiplano.model.token.CharacterClass.NUMBER;
import static dev.altiplano.model.token.CharacterClass.SIGN;
import static dev.altiplano.model.token.CharacterClass.UPPER;

/**
 * The pattern of Llama 4 ({@link SplitPattern#LLAMA4}), which tells a capitalised word from the
 * letters before it. Source: the split pattern of Meta's Llama 4 tokenizer, known as o200k.
 *
 * <p>Its first two alternatives are, with {@code H} for letters and marks that can open a word (not
 * lower case) and {@code T} for those that can close one (not upper case), {@code H*T+} and else
 * {@code H+T*}, either after one character that is no letter, number or line end. Characters
 * without case are in both sets. A regex engine takes all of {@code H*} and gives back what {@code
 * T+} needs; {@link #wordEnd} finds the same place in one pass.
 */
final class Llama4Splitter implements Splitter {
    private static final int HEAD = UPPER | CASELESS | MARK;
    private static final int TAIL = LOWER | CASELESS | MARK;
    private static final int DIGITS_MAX = 3;

    @Override
    public int pieceEnd(byte[] text, int start, int end) {
        int first = CharacterClass.at(text, start);
        int second = start + Utf8.width(text, start);
        int wordEnd = start;
        if ((first & LETTER) != 0) {
            wordEnd = wordEnd(text, start, end);
        } else if ((first & (NUMBER | NEWLINE)) == 0) {
            wordEnd = prefixedWordEnd(text, start, second, end);
        }
        if (wordEnd > start) {
            return Contractions.endIgnoringCase(text, wordEnd, end);
        }
        if (first == NUMBER) {
            return Llama3Splitter.numberEnd(text, start, end, DIGITS_MAX);
        }
        int sign = text[start] == ' ' ? second : start;
        if (sign < end && (CharacterClass.at(text, sign) & SIGN) != 0) {
            return afterSigns(text, CharacterClass.runEnd(text, sign, end, SIGN), end);
        }
        return Spaces.endAtNewline(text, start, end);
    }

    /**
     * The end of a word with the character at {@code start} in front of it, or {@code start}. A
     * mark that stands before capitals only is a word by itself: the first alternative matches it
     * alone before the second is tried.
     */
    private static int prefixedWordEnd(byte[] text, int start, int second, int end) {
        boolean isMark = CharacterClass.at(text, start) == MARK;
        int headEnd = CharacterClass.runEnd(text, second, end, HEAD);
        boolean closes = headEnd < end && CharacterClass.at(text, headEnd) == LOWER;
        if (isMark && !closes && !hasTail(text, second, headEnd)) {
            return second;
        }
        int wordEnd = wordEnd(text, second, end);
        return wordEnd > second ? wordEnd : start;
    }

    private static boolean hasTail(byte[] text, int start, int end) {
        return CharacterClass.runEnd(text, start, end, ~TAIL) < end;
    }

    /** The end of {@code H*T+}, or else of {@code H+T*}, from {@code start}; itself if neither. */
    private static int wordEnd(byte[] text, int start, int end) {
        int tailEnd = start;
        int position = start;
        while (position < end) {
            int characterClass = CharacterClass.at(text, position);
            if ((characterClass & HEAD) == 0) {
                break;
            }
            position += Utf8.width(text, position);
            tailEnd = (characterClass & TAIL) != 0 ? position : tailEnd;
        }
        if (position < end && CharacterClass.at(text, position) == LOWER) {
            return CharacterClass.runEnd(text, position, end, TAIL);
        }
        return tailEnd > start ? tailEnd : position;
    }

    private static int afterSigns(byte[] text, int position, int end) {
        while (position < end
                && (text[position] == '/' || CharacterClass.at(text, position) == NEWLINE)) {
            position++;
        }
        return position;
    }
}
