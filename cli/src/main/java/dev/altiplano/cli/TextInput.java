package dev.altiplano.cli;

import dev.altiplano.compute.AltiplanoException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Text in UTF-8 from a file, a pipe or standard input ({@code -}), never more than a bound. */
final class TextInput {
    static final String STANDARD_INPUT = "-";

    /** The longest text, or line of text, that is taken into memory at once. */
    static final int BYTES_MAX = 64 << 20;

    private TextInput() {}

    /** All of it; throws {@link AltiplanoException} if there is more than {@link #BYTES_MAX}. */
    static String read(String source) throws IOException {
        byte[] bytes;
        try (InputStream stream = open(source)) {
            bytes = stream.readNBytes(BYTES_MAX + 1);
        }
        if (bytes.length > BYTES_MAX) {
            throw new AltiplanoException(
                    "%s: expected at most %d bytes of text, found more. Take a part of it."
                            .formatted(source, BYTES_MAX));
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException failure) {
            throw notUtf8(source, failure);
        }
    }

    /** Its lines one by one, for {@link #readLine}. */
    static Reader lines(String source) throws IOException {
        return new BufferedReader(
                new InputStreamReader(open(source), StandardCharsets.UTF_8.newDecoder()));
    }

    /** The next line, or nothing after the last; {@code where} names it in error messages. */
    static Optional<String> readLine(Reader lines, String where) throws IOException {
        StringBuilder line = new StringBuilder();
        int c;
        try {
            while ((c = lines.read()) >= 0 && c != '\n') {
                if (line.length() == BYTES_MAX) {
                    throw new AltiplanoException(
                            "%s: expected at most %d characters, found more. Cut the line."
                                    .formatted(where, BYTES_MAX));
                }
                line.append((char) c);
            }
        } catch (CharacterCodingException failure) {
            throw notUtf8(where, failure);
        }
        return c < 0 && line.isEmpty() ? Optional.empty() : Optional.of(line.toString());
    }

    private static InputStream open(String source) throws IOException {
        if (source.equals(STANDARD_INPUT)) {
            return System.in;
        }
        if (Files.isDirectory(Path.of(source))) {
            throw new FileSystemException(source, null, "expected a file, found a folder");
        }
        return Files.newInputStream(Path.of(source));
    }

    private static AltiplanoException notUtf8(String where, CharacterCodingException cause) {
        return new AltiplanoException(
                "%s: expected text in UTF-8, found other bytes (%s). Convert it with iconv."
                        .formatted(where, cause.getMessage()),
                cause);
    }
}
