package dev.altiplano.model.token;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/**
 * Text of ids that come one at a time. A character whose bytes are spread over several ids is held
 * back until it is whole; what can never become a character comes out as U+FFFD. However the ids
 * arrive, the parts joined are the text of all bytes joined.
 *
 * <p>One stream, one owner: not safe for many threads.
 */
public final class StreamDecoder {
    private static final int PENDING_BYTES_MAX = 3;

    private final IntFunction<byte[]> bytesOfId;
    private final CharsetDecoder utf8 =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);

    private final byte[] pending = new byte[PENDING_BYTES_MAX];
    private int pendingBytes;

    /** {@code bytesOfId} gives the bytes that an id stands for, as {@link Tokenizer#bytes} does. */
    public StreamDecoder(IntFunction<byte[]> bytesOfId) {
        this.bytesOfId = bytesOfId;
    }

    /** The text that became certain with {@code id}; empty while a character is incomplete. */
    public String append(int id) {
        return decode(bytesOfId.apply(id), false);
    }

    /** What was held back, as U+FFFD; afterwards the decoder is at the start of a new text. */
    public String finish() {
        String rest = decode(new byte[0], true);
        utf8.reset();
        return rest;
    }

    private String decode(byte[] added, boolean endOfInput) {
        ByteBuffer input = ByteBuffer.allocate(pendingBytes + added.length);
        input.put(pending, 0, pendingBytes).put(added).flip();
        // A byte yields at most one char; the incomplete tail may yield one more when it ends.
        CharBuffer output = CharBuffer.allocate(input.remaining() + 1);
        CoderResult result = utf8.decode(input, output, endOfInput);
        assert result.isUnderflow() : result;
        pendingBytes = input.remaining();
        assert pendingBytes <= PENDING_BYTES_MAX : pendingBytes;
        input.get(pending, 0, pendingBytes);
        return output.flip().toString();
    }
}
