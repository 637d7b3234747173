package dev.altiplano.model.token;

import dev.altiplano.model.token.BpeTokenizer.Chunks;
import dev.altiplano.model.token.PieceEncoder.Symbols;
import dev.altiplano.model.token.PieceEncoder.Unknown;
import dev.altiplano.model.token.PieceEncoder.WholePieces;
import java.io.IOException;
import java.nio.file.Path;

/** Makes a tokenizer of {@code tokenizer.json} and the files beside it. */
final class TokenizerJsonReader {
    private TokenizerJsonReader() {}

    static Tokenizer read(Path path) throws IOException {
        TokenizerJson json = TokenizerJson.read(path);
        TokenTable table =
                new TokenTable(json.root().file(), json.pipeline().spelling(), json.size());
        for (int id = 0; id < json.size(); id++) {
            table.add(json.piece(id), json.kind(id));
        }
        Vocabulary vocabulary = table.vocabulary();
        JsonMarkers markers =
                new JsonMarkers(path.resolveSibling(""), table.addedTokens(), json.size());
        return new BpeTokenizer(
                new BpeTokenizer.Parts(
                        vocabulary,
                        table.addedTokens(),
                        json.pipeline().form(),
                        Chunks.NONE,
                        json.pipeline()
                                .pattern()
                                .map(SplitPattern::splitter)
                                .orElseGet(() -> WordSplitter.of(vocabulary)),
                        new PieceEncoder(model(json, table, vocabulary)),
                        markers.read(json.root())));
    }

    private static PieceEncoder.Model model(
            TokenizerJson json, TokenTable table, Vocabulary vocabulary) {
        TokenTable.MergeReader merges = table.new MergeReader(vocabulary, json.mergeCount());
        json.forEachMerge(merges::add);
        return new PieceEncoder.Model(
                vocabulary,
                merges.merges(),
                switch (json.pipeline().spelling()) {
                    case BYTE_LEVEL -> Symbols.BYTES;
                    case SENTENCE_PIECE -> Symbols.CHARACTERS;
                },
                json.ignoresMerges() ? WholePieces.TAKEN : WholePieces.MERGED,
                table.byteIds(vocabulary),
                json.unknownToken().isEmpty()
                        ? Unknown.LEFT_OUT
                        : new Unknown(json.unknownId(), json.fusesUnknown()));
    }
}
