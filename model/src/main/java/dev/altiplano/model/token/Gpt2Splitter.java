package dev.altiplano.model.token;

import static dev.altiplano.model.token.CharacterClass.LETTER;
import static dev.altiplano.model.token.CharacterClass.NUMBER;
import static dev.altiplano.model.token.CharacterClass.SIGN;

/** The pattern of GPT-2 ({@link SplitPattern#GPT2}). Source: GPT-2's published encoder. */
final class Gpt2Splitter implements Splitter {
    @Override
    public int pieceEnd(byte[] text, int start, int end) {
        int contractionEnd = Contractions.end(text, start, end);
        if (contractionEnd > start) {
            return contractionEnd;
        }
        int body = text[start] == ' ' && start + 1 < end ? start + 1 : start;
        int characterClass = CharacterClass.at(text, body);
        if ((characterClass & LETTER) != 0) {
            return CharacterClass.runEnd(text, body, end, LETTER);
        }
        if (characterClass == NUMBER) {
            return CharacterClass.runEnd(text, body, end, NUMBER);
        }
        if ((characterClass & SIGN) != 0) {
            return CharacterClass.runEnd(text, body, end, SIGN);
        }
        return Spaces.end(text, start, end, 0);
    }
}
