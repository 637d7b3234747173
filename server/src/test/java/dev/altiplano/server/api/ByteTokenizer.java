package dev.altiplano.server.api;

import dev.altiplano.model.token.PromptText;
import dev.altiplano.model.token.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** A made-up vocabulary: the 256 bytes, then five special tokens. */
public final class ByteTokenizer implements Tokenizer {
    public static final int BEGIN = 256;
    public static final int END = 257;

    private static final List<String> SPECIAL =
            List.of("<|begin|>", "<|end|>", "<|system|>", "<|user|>", "<|assistant|>");

    @Override
    public int vocabSize() {
        return BEGIN + SPECIAL.size();
    }

    @Override
    public int[] encode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xff).toArray();
    }

    @Override
    public int[] encode(PromptText prompt) {
        IntStream.Builder ids = IntStream.builder();
        String text = prompt.text();
        int at = 0;
        while (at < text.length()) {
            OptionalInt special = specialAt(prompt, at);
            if (special.isPresent()) {
                ids.add(special.getAsInt());
                at += SPECIAL.get(special.getAsInt() - BEGIN).length();
            } else {
                int next = text.offsetByCodePoints(at, 1);
                IntStream.of(encode(text.substring(at, next))).forEach(ids::add);
                at = next;
            }
        }
        return ids.build().toArray();
    }

    private static OptionalInt specialAt(PromptText prompt, int at) {
        return IntStream.range(0, SPECIAL.size())
                .filter(i -> prompt.text().startsWith(SPECIAL.get(i), at))
                .filter(i -> prompt.isTrusted(at, at + SPECIAL.get(i).length()))
                .map(i -> BEGIN + i)
                .findFirst();
    }

    @Override
    public byte[] bytes(int id) {
        return isSpecial(id)
                ? SPECIAL.get(id - BEGIN).getBytes(StandardCharsets.UTF_8)
                : new byte[] {(byte) id};
    }

    @Override
    public String text(int id) {
        return isSpecial(id) || id < 128 ? decode(new int[] {id}) : "<0x%02X>".formatted(id);
    }

    @Override
    public OptionalInt idOf(String specialText) {
        int index = SPECIAL.indexOf(specialText);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(BEGIN + index);
    }

    @Override
    public boolean isSpecial(int id) {
        return id >= BEGIN;
    }

    @Override
    public OptionalInt bosId() {
        return OptionalInt.of(BEGIN);
    }

    @Override
    public boolean addsBos() {
        return true;
    }

    @Override
    public Set<Integer> stopIds() {
        return Set.of(END);
    }
}
