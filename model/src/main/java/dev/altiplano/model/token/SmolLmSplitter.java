package dev.altiplano.model.token;

import static dev.altiplano.model.token.CharacterClass.LETTER;
import static dev.altiplano.model.token.CharacterClass.NUMBER;
import static dev.altiplano.model.token.CharacterClass.SIGN;

/**
 * The pattern of SmolLM ({@link SplitPattern#SMOLLM}): every digit is a piece, and the text between
 * digits is split as GPT-2 does, each stretch as if it were a text of its own. So white space
 * before a digit stays together. Source: {@code Digits} before {@code ByteLevel} in tokenizer.json.
 */
final class SmolLmSplitter implements Splitter {
    @Override
    public int pieceEnd(byte[] text, int start, int end) {
        int contractionEnd = Contractions.end(text, start, end);
        if (contractionEnd > start) {
            return contractionEnd;
        }
        if (CharacterClass.at(text, start) == NUMBER) {
            return start + Utf8.width(text, start);
        }
        int body = text[start] == ' ' && start + 1 < end ? start + 1 : start;
        int characterClass = CharacterClass.at(text, body);
        if ((characterClass & LETTER) != 0) {
            return CharacterClass.runEnd(text, body, end, LETTER);
        }
        if ((characterClass & SIGN) != 0) {
            return CharacterClass.runEnd(text, body, end, SIGN);
        }
        return Spaces.end(text, start, end, NUMBER);
    }
}
