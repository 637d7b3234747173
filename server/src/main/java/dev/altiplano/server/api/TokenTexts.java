package dev.altiplano.server.api;

import dev.altiplano.model.token.Tokenizer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes single tokens the way OpenAI's log-probabilities do. */
final class TokenTexts {
    private TokenTexts() {}

    /** The token's text; {@code bytes:\xNN…} where its bytes alone are no UTF-8. */
    static String text(Tokenizer tokenizer, int id) {
        byte[] bytes = tokenizer.bytes(id);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            StringBuilder text = new StringBuilder("bytes:");
            for (byte one : bytes) {
                text.append("\\x%02x".formatted(one & 0xff));
            }
            return text.toString();
        }
    }

    /** The token's bytes as numbers from 0 to 255. */
    static List<Integer> bytes(Tokenizer tokenizer, int id) {
        byte[] bytes = tokenizer.bytes(id);
        List<Integer> numbers = new ArrayList<>(bytes.length);
        for (byte one : bytes) {
            numbers.add(one & 0xff);
        }
        return numbers;
    }
}
