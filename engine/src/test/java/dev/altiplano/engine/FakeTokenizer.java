package dev.altiplano.engine;

import dev.altiplano.model.token.PromptText;
import dev.altiplano.model.token.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** A vocabulary written out by hand; each id stands for its piece, and texts are not encoded. */
final class FakeTokenizer implements Tokenizer {
    private final List<byte[]> pieces;
    private final Set<Integer> specials;
    private final Set<Integer> stopIds;

    FakeTokenizer(List<byte[]> pieces, Set<Integer> specials, Set<Integer> stopIds) {
        this.pieces = List.copyOf(pieces);
        this.specials = specials;
        this.stopIds = stopIds;
    }

    /** Lower-case letters, then more pieces; {@code stopId} is special. */
    static FakeTokenizer letters(int vocabSize, int stopId) {
        List<byte[]> pieces =
                IntStream.range(0, vocabSize)
                        .mapToObj(i -> utf8(i < 26 ? Character.toString('a' + i) : "<" + i + ">"))
                        .toList();
        return new FakeTokenizer(pieces, Set.of(stopId), Set.of(stopId));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int vocabSize() {
        return pieces.size();
    }

    @Override
    public int[] encode(String text) {
        throw new UnsupportedOperationException("tests give ids");
    }

    @Override
    public int[] encode(PromptText prompt) {
        throw new UnsupportedOperationException("tests give ids");
    }

    @Override
    public byte[] bytes(int id) {
        return pieces.get(id);
    }

    @Override
    public String text(int id) {
        return new String(pieces.get(id), StandardCharsets.UTF_8);
    }

    @Override
    public OptionalInt idOf(String specialText) {
        return OptionalInt.empty();
    }

    @Override
    public boolean isSpecial(int id) {
        return specials.contains(id);
    }

    @Override
    public OptionalInt bosId() {
        return OptionalInt.empty();
    }

    @Override
    public boolean addsBos() {
        return false;
    }

    @Override
    public Set<Integer> stopIds() {
        return stopIds;
    }
}
