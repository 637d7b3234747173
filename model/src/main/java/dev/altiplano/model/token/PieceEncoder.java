package dev.altiplano.model.token;

/**
 * The ids of one piece of text: from the vocabulary as a whole, from the cache, or by merging.
 * Immutable but for its cache, safe for many threads.
 */
final class PieceEncoder {
    /** What merging starts from. */
    enum Symbols {
        /** Single bytes, as in GPT-2 and tiktoken. */
        BYTES,
        /** Unicode characters, as in SentencePiece. */
        CHARACTERS
    }

    /** Whether a piece that is a token is taken as it is, or is merged like any other. */
    enum WholePieces {
        TAKEN,
        MERGED
    }

    /**
     * What becomes of text that has no token.
     *
     * @param id the token that stands for it, or -1: then it is left out
     * @param fused whether a run of it is one such token
     */
    record Unknown(int id, boolean fused) {
        static final Unknown LEFT_OUT = new Unknown(-1, true);
    }

    /**
     * @param byteIds the token of each byte, -1 where there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and nobody writes to byteIds.
    record Model(
            Vocabulary vocabulary,
            MergeRule rule,
            Symbols symbols,
            WholePieces wholePieces,
            int[] byteIds,
            Unknown unknown) {}

    private final Model model;
    private final WordCache cache = new WordCache();

    PieceEncoder(Model model) {
        this.model = model;
    }

    /** Working memory for {@link #encode}; each call at a time needs its own. */
    SymbolMerger newMerger() {
        return new SymbolMerger(model.rule);
    }

    /** Adds the ids of the bytes from {@code start} to {@code end} of a padded array. */
    void encode(byte[] text, int start, int end, SymbolMerger merger, IntList ids) {
        long hash = Utf8.hash(text, start, end);
        if (model.wholePieces == WholePieces.TAKEN) {
            int whole = model.vocabulary.find(text, start, end, hash);
            if (whole >= 0) {
                ids.add(whole);
                return;
            }
        }
        if (end - start > WordCache.WORD_BYTES_MAX) {
            merge(text, start, end, merger, ids);
            return;
        }
        int[] known = cache.find(text, start, end, hash);
        if (known != null) {
            ids.addAll(known);
            return;
        }
        int first = ids.size();
        merge(text, start, end, merger, ids);
        cache.put(text, start, end, hash, ids.from(first));
    }

    private void merge(byte[] text, int start, int end, SymbolMerger merger, IntList ids) {
        merger.begin(end - start);
        switch (model.symbols) {
            case BYTES -> addBytes(text, start, end, merger);
            case CHARACTERS -> addCharacters(text, start, end, merger);
        }
        merger.merge(text, end);
        boolean afterUnknown = false;
        for (int symbol = 0; symbol < merger.count(); symbol++) {
            int id = merger.id(symbol);
            boolean isUnknown = id < 0 && !addBytesOf(text, merger, symbol, ids);
            if (id >= 0) {
                ids.add(id);
            } else if (isUnknown && !afterUnknown && model.unknown.id >= 0) {
                ids.add(model.unknown.id);
            }
            afterUnknown = isUnknown && model.unknown.fused;
        }
    }

    /** A byte without a token is unknown; where nothing stands for the unknown, it is left out. */
    private void addBytes(byte[] text, int start, int end, SymbolMerger merger) {
        for (int position = start; position < end; position++) {
            int id = model.byteIds[text[position] & 0xFF];
            if (id >= 0 || model.unknown.id >= 0) {
                merger.add(position, id);
            }
        }
    }

    private void addCharacters(byte[] text, int start, int end, SymbolMerger merger) {
        int position = start;
        while (position < end) {
            int next = position + Utf8.width(text, position);
            merger.add(position, model.vocabulary.find(text, position, next));
            position = next;
        }
    }

    /** Adds a character byte by byte; false, and nothing, where a byte has no token. */
    private boolean addBytesOf(byte[] text, SymbolMerger merger, int symbol, IntList ids) {
        int start = merger.start(symbol);
        int end = start + (model.symbols == Symbols.BYTES ? 1 : Utf8.width(text, start));
        for (int position = start; position < end; position++) {
            if (model.byteIds[text[position] & 0xFF] < 0) {
                return false;
            }
        }
        for (int position = start; position < end; position++) {
            ids.add(model.byteIds[text[position] & 0xFF]);
        }
        return true;
    }
}
