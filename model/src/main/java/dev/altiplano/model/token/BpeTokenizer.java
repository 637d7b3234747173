package dev.altiplano.model.token;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Byte-pair encoding, byte-level or SentencePiece, as its parts say: the text between added tokens
 * is brought into form, cut into chunks, split into pieces, and each piece is merged.
 */
final class BpeTokenizer implements Tokenizer {
    /** Prose has about four bytes to a token. */
    private static final int BYTES_PER_TOKEN = 4;

    /** How the reference implementation cuts long texts before it splits them. */
    enum Chunks {
        NONE,
        REFERENCE
    }

    /** What makes one tokenizer differ from another; see each type. */
    record Parts(
            Vocabulary vocabulary,
            AddedTokens addedTokens,
            TextForm form,
            Chunks chunks,
            Splitter splitter,
            PieceEncoder encoder,
            Markers markers) {}

    /** The tokens that begin and end what a model reads and writes. */
    record Markers(OptionalInt bosId, boolean addsBos, Set<Integer> stopIds) {
        Markers {
            stopIds = Set.copyOf(stopIds);
        }
    }

    private final Parts parts;

    BpeTokenizer(Parts parts) {
        this.parts = parts;
    }

    @Override
    public int vocabSize() {
        return parts.vocabulary.size();
    }

    @Override
    public int[] encode(String text) {
        return encode(PromptText.untrusted(text));
    }

    @Override
    public int[] encode(PromptText prompt) {
        String text = prompt.text();
        IntList ids = new IntList(text.length() / BYTES_PER_TOKEN);
        SymbolMerger merger = parts.encoder.newMerger();
        boolean searches = !prompt.trusted().isEmpty() || parts.addedTokens.hasUserDefined();
        int start = 0;
        while (start < text.length()) {
            AddedTokens.Match match =
                    searches ? parts.addedTokens.next(prompt, start) : AddedTokens.endOf(text);
            if (match.start() > start) {
                String section = text.substring(start, match.start());
                encodeSection(parts.form.apply(section, start == 0), merger, ids);
            }
            if (match.id() >= 0) {
                ids.add(match.id());
            }
            start = match.end();
        }
        return ids.toArray();
    }

    private void encodeSection(String section, SymbolMerger merger, IntList ids) {
        byte[] text = Utf8.encode(section);
        int end = text.length - Utf8.PADDING_BYTES;
        switch (parts.chunks) {
            case NONE -> encodeChunk(text, 0, end, merger, ids);
            case REFERENCE -> {
                ReferenceChunks chunks = new ReferenceChunks(text, end);
                for (int start = 0; start < end; ) {
                    int chunkEnd = chunks.next();
                    encodeChunk(text, start, chunkEnd, merger, ids);
                    start = chunkEnd;
                }
            }
        }
    }

    private void encodeChunk(byte[] text, int start, int end, SymbolMerger merger, IntList ids) {
        int position = start;
        while (position < end) {
            int pieceEnd = parts.splitter.pieceEnd(text, position, end);
            assert pieceEnd > position && pieceEnd <= end : pieceEnd;
            parts.encoder.encode(text, position, pieceEnd, merger, ids);
            position = pieceEnd;
        }
    }

    @Override
    public byte[] bytes(int id) {
        if (id < 0) {
            throw new IllegalArgumentException("expected a token id >= 0, found " + id);
        }
        return id < vocabSize() ? parts.vocabulary.bytes(id) : new byte[0];
    }

    @Override
    public String text(int id) {
        return PieceText.of(bytes(id));
    }

    @Override
    public String decode(int[] ids) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(ids.length * BYTES_PER_TOKEN);
        boolean isSectionStart = true;
        for (int i = 0; i < ids.length; i++) {
            byte[] token = bytes(ids[i]);
            boolean isAdded = ids[i] < vocabSize() && isAdded(ids[i]);
            boolean skipsSpace =
                    isSectionStart
                            && !isAdded
                            && parts.form.prefixes(i == 0)
                            && token.length > 0
                            && token[0] == ' ';
            int skipped = skipsSpace ? 1 : 0;
            bytes.write(token, skipped, token.length - skipped);
            isSectionStart = isAdded;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Whether the token ends a section of text, as {@link AddedTokens} finds them. */
    private boolean isAdded(int id) {
        TokenKind kind = parts.vocabulary.kind(id);
        return kind.isSpecial() || kind == TokenKind.USER_DEFINED;
    }

    @Override
    public OptionalInt idOf(String specialText) {
        int id = parts.addedTokens.specialId(Objects.requireNonNull(specialText));
        return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
    }

    @Override
    public boolean isSpecial(int id) {
        return id >= 0 && id < vocabSize() && parts.vocabulary.kind(id).isSpecial();
    }

    @Override
    public OptionalInt bosId() {
        return parts.markers.bosId;
    }

    @Override
    public boolean addsBos() {
        return parts.markers.addsBos;
    }

    @Override
    public Set<Integer> stopIds() {
        return parts.markers.stopIds;
    }
}
