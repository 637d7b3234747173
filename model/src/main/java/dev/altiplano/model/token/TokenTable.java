package dev.altiplano.model.token;

import dev.altiplano.compute.ModelFormatException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects the tokens and merges of a file as the file spells them. One reader fills it once: first
 * every token in the order of the ids, then the merges.
 */
final class TokenTable {
    private static final int BYTES = 256;

    /** The longest piece, or pair of pieces. */
    private static final int CHARS_MAX = Vocabulary.TOKEN_BYTES_MAX;

    private final String source;
    private final Spelling spelling;
    private final Vocabulary.Builder tokens;
    private final AddedTokens addedTokens = new AddedTokens();
    private final int[] byteTokenIds = new int[BYTES];
    private byte[] scratch = new byte[1024];

    /** {@code source} is the file's name, for messages. */
    TokenTable(String source, Spelling spelling, int expectedSize) {
        this.source = source;
        this.spelling = spelling;
        this.tokens = new Vocabulary.Builder(source, expectedSize);
        Arrays.fill(byteTokenIds, -1);
    }

    /** Gives the next id to the token that the file spells {@code piece}. */
    void add(String piece, TokenKind kind) {
        int id = tokens.size();
        switch (kind) {
            case NORMAL -> addNormal(piece);
            case CONTROL, UNKNOWN, USER_DEFINED -> addAdded(piece, kind, id);
            case UNUSED -> tokens.add(piece.getBytes(StandardCharsets.UTF_8), kind);
            case BYTE -> addByte(piece, id);
        }
    }

    private void addNormal(String piece) {
        makeRoom(piece.length());
        int length = spelling.write(piece, 0, piece.length(), scratch, 0);
        if (length < 0) {
            // Characters that are no bytes: no text is ever split or merged into such a token.
            tokens.add(piece.getBytes(StandardCharsets.UTF_8), TokenKind.UNUSED);
        } else {
            tokens.add(scratch, length, TokenKind.NORMAL);
        }
    }

    private void makeRoom(int chars) {
        if (chars > CHARS_MAX) {
            throw bad(
                    "pieces of at most %d characters".formatted(CHARS_MAX), String.valueOf(chars));
        }
        int bytes = chars * Spelling.CHAR_BYTES_MAX + Utf8.PADDING_BYTES;
        if (bytes > scratch.length) {
            scratch = new byte[bytes * 2];
        }
    }

    private void addAdded(String piece, TokenKind kind, int id) {
        // A marker that its file forgot to call one must not come out of a user's text.
        boolean isMarker = piece.startsWith("<|") && piece.endsWith("|>");
        TokenKind safeKind = kind == TokenKind.USER_DEFINED && isMarker ? TokenKind.CONTROL : kind;
        String text =
                spelling == Spelling.SENTENCE_PIECE
                        ? piece.replace(TextForm.SPACE_SYMBOL, ' ')
                        : piece;
        if (!addedTokens.add(text, id, safeKind)) {
            throw bad(
                    "a special token once and with a text of ordinary length",
                    "token %d '%s'".formatted(id, piece));
        }
        tokens.add(text.getBytes(StandardCharsets.UTF_8), safeKind);
    }

    private void addByte(String piece, int id) {
        int value = Spelling.byteOf(piece);
        if (value < 0 || byteTokenIds[value] >= 0) {
            throw bad(
                    "each byte token once, spelt like <0x0A>",
                    "token %d '%s'".formatted(id, piece));
        }
        byteTokenIds[value] = id;
        tokens.add(new byte[] {(byte) value}, TokenKind.BYTE);
    }

    int size() {
        return tokens.size();
    }

    AddedTokens addedTokens() {
        return addedTokens;
    }

    /** The tokens, once all are in. */
    Vocabulary vocabulary() {
        return tokens.build();
    }

    /** The id of each byte: of its byte token, or else of the token that has just this byte. */
    int[] byteIds(Vocabulary vocabulary) {
        int[] ids = byteTokenIds.clone();
        byte[] text = new byte[1 + Utf8.PADDING_BYTES];
        for (int value = 0; value < BYTES && spelling == Spelling.BYTE_LEVEL; value++) {
            text[0] = (byte) value;
            ids[value] = vocabulary.find(text, 0, 1);
        }
        return ids;
    }

    /** Reads merges into a table, the first with rank 0. */
    final class MergeReader {
        private final Vocabulary vocabulary;
        private final PairTable merges;
        private int rank;

        MergeReader(Vocabulary vocabulary, int expectedMerges) {
            this.vocabulary = vocabulary;
            this.merges = new PairTable(Math.clamp(expectedMerges, 0, Vocabulary.TOKENS_MAX));
        }

        /** Reads a pair with a space between, {@code Ġ t}. */
        void add(String pair) {
            int space = pair.indexOf(' ', 1);
            if (space < 0 || space == pair.length() - 1) {
                throw bad("two tokens with a space between", "merge %d '%s'".formatted(rank, pair));
            }
            add(pair, space, space + 1);
        }

        void add(String left, String right) {
            add(left + right, left.length(), left.length());
        }

        /** The left token ends at {@code leftEnd} of {@code pair}, the right one starts there. */
        private void add(String pair, int leftEnd, int rightStart) {
            makeRoom(pair.length());
            int leftBytes = spelling.write(pair, 0, leftEnd, scratch, 0);
            int rightBytes =
                    leftBytes < 0
                            ? -1
                            : spelling.write(pair, rightStart, pair.length(), scratch, leftBytes);
            int bytes = leftBytes + rightBytes;
            int leftId = rightBytes < 0 ? -1 : vocabulary.find(scratch, 0, leftBytes);
            int rightId = rightBytes < 0 ? -1 : vocabulary.find(scratch, leftBytes, bytes);
            int mergedId = rightBytes < 0 ? -1 : vocabulary.find(scratch, 0, bytes);
            if (rank == Vocabulary.TOKENS_MAX) {
                throw bad("at most " + rank + " merges", "more");
            }
            if (leftId >= 0 && rightId >= 0 && mergedId >= 0) {
                // A pair that is listed twice keeps its first rank.
                merges.putIfMissing(leftId, rightId, MergeRule.of(rank, mergedId));
            } else {
                requireSpecial(pair.substring(0, leftEnd), pair.substring(rightStart));
            }
            rank++;
        }

        /** User text never merges into a special token, so such a merge is left out. */
        private void requireSpecial(String left, String right) {
            if (addedTokens.specialId(left + right) < 0) {
                throw bad(
                        "merges of known tokens into known tokens",
                        "merge %d of '%s' and '%s'".formatted(rank, left, right));
            }
        }

        PairMerges merges() {
            return new PairMerges(merges);
        }
    }

    private ModelFormatException bad(String expected, String found) {
        return new ModelFormatException(
                "%s: expected %s, found %s. Convert or download the model again."
                        .formatted(source, expected, found));
    }
}
