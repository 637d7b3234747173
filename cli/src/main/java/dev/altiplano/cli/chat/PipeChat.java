package dev.altiplano.cli.chat;

import dev.altiplano.compute.AltiplanoException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The chat without a person: the whole input is one message, the answer goes to the output. */
public final class PipeChat {
    private static final int INPUT_BYTES_MAX = 16 << 20;

    private PipeChat() {}

    /** Answers what {@code in} holds; the text goes to {@code out} as it comes. */
    public static Answer answer(
            InputStream in, PrintWriter out, Answerer answerer, Conversation conversation)
            throws IOException {
        byte[] input = in.readNBytes(INPUT_BYTES_MAX + 1);
        if (input.length > INPUT_BYTES_MAX) {
            throw new AltiplanoException(
                    "standard input: expected at most %d bytes, found more. Send a shorter message."
                            .formatted(INPUT_BYTES_MAX));
        }
        String message = decode(input).strip();
        if (message.isEmpty()) {
            throw new AltiplanoException(
                    "standard input: expected a message, found none. Try: echo Hello | altiplano chat -");
        }
        conversation.user(message);
        Answer answer =
                answerer.answer(
                        conversation.messages(),
                        text -> {
                            out.print(text);
                            if (out.checkError()) { // flushes; the reader has left
                                answerer.stop();
                            }
                        });
        out.println();
        out.flush();
        return answer;
    }

    private static String decode(byte[] input) {
        ByteBuffer bytes = ByteBuffer.wrap(input);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException noText) {
            throw new AltiplanoException(
                    "standard input, byte %d: expected text in UTF-8, found other bytes. Convert it first, as with iconv."
                            .formatted(bytes.position()),
                    noText);
        }
    }
}
