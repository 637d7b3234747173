package dev.altiplano.model.token;

import static dev.altiplano.model.token.CharacterClass.LETTER;
import static dev.altiplano.model.token.CharacterClass.NEWLINE;
import static dev.altiplano.model.token.CharacterClass.NUMBER;
import static dev.altiplano.model.token.CharacterClass.SIGN;

/**
 * The pattern of Llama 3 ({@link SplitPattern#LLAMA3}) and, with numbers cut into single digits, of
 * Qwen 2. Source: the split pattern of Meta's Llama 3 tokenizer.
 */
record Llama3Splitter(int digitsMax) implements Splitter {
    @Override
    public int pieceEnd(byte[] text, int start, int end) {
        int contractionEnd = Contractions.endIgnoringCase(text, start, end);
        if (contractionEnd > start) {
            return contractionEnd;
        }
        int first = CharacterClass.at(text, start);
        if ((first & LETTER) != 0) {
            return CharacterClass.runEnd(text, start, end, LETTER);
        }
        if (first == NUMBER) {
            return numberEnd(text, start, end, digitsMax);
        }
        int second = start + Utf8.width(text, start);
        if (first != NEWLINE && second < end && (CharacterClass.at(text, second) & LETTER) != 0) {
            return CharacterClass.runEnd(text, second, end, LETTER);
        }
        int sign = text[start] == ' ' ? second : start;
        if (sign < end && (CharacterClass.at(text, sign) & SIGN) != 0) {
            int signsEnd = CharacterClass.runEnd(text, sign, end, SIGN);
            return CharacterClass.runEnd(text, signsEnd, end, NEWLINE);
        }
        return Spaces.endAtNewline(text, start, end);
    }

    /** The end of {@code \p{N}{1,digitsMax}}. */
    static int numberEnd(byte[] text, int start, int end, int digitsMax) {
        int position = start;
        for (int digit = 0; digit < digitsMax && position < end; digit++) {
            if (CharacterClass.at(text, position) != NUMBER) {
                break;
            }
            position += Utf8.width(text, position);
        }
        return position;
    }
}
