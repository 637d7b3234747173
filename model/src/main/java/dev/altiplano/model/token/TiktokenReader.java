package dev.altiplano.model.token;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.model.token.BpeTokenizer.Markers;
import dev.altiplano.model.token.PieceEncoder.Symbols;
import dev.altiplano.model.token.PieceEncoder.Unknown;
import dev.altiplano.model.token.PieceEncoder.WholePieces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads a tiktoken file: on each line a token's bytes in Base64, a space, and its id, which is its
 * rank in merging. The ids run from 0 without gaps.
 */
final class TiktokenReader {
    private static final long FILE_BYTES_MAX = 1L << 28;
    private static final int ID_DIGITS_MAX = 9;

    private final Path file;
    private final TiktokenFamily family;
    private final byte[] content;
    private final byte[] encoded = new byte[Vocabulary.TOKEN_BYTES_MAX * 4 / 3 + 4];
    private final byte[] token = new byte[Vocabulary.TOKEN_BYTES_MAX + 4];
    private int lineNumber;

    private TiktokenReader(Path file, TiktokenFamily family, byte[] content) {
        this.file = file;
        this.family = family;
        this.content = content;
    }

    static Tokenizer read(Path file, TiktokenFamily family) throws IOException {
        ModelFormatException.requireRegularFile(file);
        long sizeBytes = Files.size(file);
        if (sizeBytes > FILE_BYTES_MAX) {
            throw new ModelFormatException(
                    "%s: expected a tiktoken file of at most %d bytes, found %d. Check the path."
                            .formatted(file.getFileName(), FILE_BYTES_MAX, sizeBytes));
        }
        return new TiktokenReader(file, family, Files.readAllBytes(file)).tokenizer();
    }

    private Tokenizer tokenizer() {
        Vocabulary.Builder builder =
                new Vocabulary.Builder(file.getFileName().toString(), content.length / 12);
        for (int position = 0; position < content.length; ) {
            int end = lineEnd(position);
            lineNumber++;
            int trimmed = end > position && content[end - 1] == '\r' ? end - 1 : end;
            if (trimmed > position) {
                readLine(position, trimmed, builder);
            }
            position = end + 1;
        }
        AddedTokens addedTokens = new AddedTokens();
        int tokens = builder.size();
        for (String text : family.specialTexts()) {
            addedTokens.add(text, builder.size(), TokenKind.CONTROL);
            builder.add(text.getBytes(StandardCharsets.UTF_8), TokenKind.CONTROL);
        }
        return assemble(builder.build(), tokens, addedTokens);
    }

    private int lineEnd(int position) {
        int end = position;
        while (end < content.length && content[end] != '\n') {
            end++;
        }
        return end;
    }

    private void readLine(int start, int end, Vocabulary.Builder builder) {
        int space = start;
        while (space < end && content[space] != ' ') {
            space++;
        }
        int length = decodeBase64(start, space);
        int id = parseId(space + 1, end);
        if (id != builder.size()) {
            throw bad("the id " + builder.size(), id < 0 ? "none" : String.valueOf(id));
        }
        builder.add(token, length, TokenKind.NORMAL);
    }

    private int decodeBase64(int start, int end) {
        int length = end - start;
        if (length > encoded.length) {
            throw bad("at most " + encoded.length + " characters of Base64", "more");
        }
        try {
            byte[] source = Arrays.copyOfRange(content, start, end);
            return Base64.getDecoder().decode(source, token);
        } catch (IllegalArgumentException e) {
            throw bad("the bytes of a token in Base64", "none: " + e.getMessage());
        }
    }

    /** The number, or -1 where there is none. */
    private int parseId(int start, int end) {
        if (start >= end || end - start > ID_DIGITS_MAX) {
            return -1;
        }
        int id = 0;
        for (int position = start; position < end; position++) {
            if (content[position] < '0' || content[position] > '9') {
                return -1;
            }
            id = id * 10 + content[position] - '0';
        }
        return id;
    }

    private ModelFormatException bad(String expected, String found) {
        return new ModelFormatException(
                "%s, line %d: expected %s, found %s. Download the file again."
                        .formatted(file.getFileName(), lineNumber, expected, found));
    }

    private Tokenizer assemble(Vocabulary vocabulary, int tokens, AddedTokens addedTokens) {
        int[] ranks = IntStream.range(0, tokens).toArray();
        PieceEncoder encoder =
                new PieceEncoder(
                        new PieceEncoder.Model(
                                vocabulary,
                                new TokenMerges(vocabulary, ranks),
                                Symbols.BYTES,
                                WholePieces.TAKEN,
                                byteIds(vocabulary),
                                Unknown.LEFT_OUT));
        Markers markers =
                new Markers(
                        OptionalInt.of(addedTokens.specialId(TiktokenFamily.BOS)),
                        true,
                        family.stopTexts().stream()
                                .map(addedTokens::specialId)
                                .collect(Collectors.toSet()));
        return new BpeTokenizer(
                new BpeTokenizer.Parts(
                        vocabulary,
                        addedTokens,
                        TextForm.PLAIN,
                        BpeTokenizer.Chunks.REFERENCE,
                        family.pattern().splitter(),
                        encoder,
                        markers));
    }

    /** Every byte must be a token, or some text would have none. */
    private int[] byteIds(Vocabulary vocabulary) {
        int[] ids = new int[256];
        byte[] text = new byte[1 + Utf8.PADDING_BYTES];
        for (int value = 0; value < ids.length; value++) {
            text[0] = (byte) value;
            ids[value] = vocabulary.find(text, 0, 1);
            if (ids[value] < 0) {
                throw new ModelFormatException(
                        "%s: expected a token for each of 256 bytes, found none for 0x%02X. Download the file again."
                                .formatted(file.getFileName(), value));
            }
        }
        return ids;
    }
}
