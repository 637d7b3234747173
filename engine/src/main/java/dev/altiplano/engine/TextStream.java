package dev.altiplano.engine;

import dev.altiplano.engine.sampling.TokenLogprobs;
import dev.altiplano.model.token.StreamDecoder;
import dev.altiplano.model.token.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the ids of one answer into tokens with text. Holds a token back while its last character is
 * not complete, or while its text could become part of a stop string; so nothing of a stop string
 * ever leaves, wherever tokens begin and end.
 *
 * <p>What is held is bounded: each held token adds at least a byte to a text shorter than the
 * longest stop string. Owned by the step thread.
 */
final class TextStream {
    private static final byte[] NO_BYTES = {};

    /** A token that waits. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Pending(int id, String text, byte[] bytes, Optional<TokenLogprobs> logprobs) {
        /** Whether a later token is to bring the character that begins here. */
        boolean isUnfinishedCharacter() {
            return text.isEmpty() && bytes.length > 0;
        }
    }

    /** A stop string in the held text, from {@code start} on. */
    private record Match(String stop, int start) {
        /** Complete earlier; of two that end together the longer one. */
        boolean isBefore(Match other) {
            int difference = start + stop.length() - other.start - other.stop.length();
            return difference < 0 || (difference == 0 && start < other.start);
        }
    }

    private final Optional<Tokenizer> tokenizer;
    private final Optional<StreamDecoder> decoder;
    private final List<String> stopStrings;
    private final Consumer<GeneratedToken> sink;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final StringBuilder held = new StringBuilder();

    /** Without a tokenizer all text is empty. */
    TextStream(
            Optional<Tokenizer> tokenizer,
            List<String> stopStrings,
            Consumer<GeneratedToken> sink) {
        this.tokenizer = tokenizer;
        this.decoder = tokenizer.map(Tokenizer::streamDecoder);
        this.stopStrings = stopStrings;
        this.sink = sink;
    }

    /**
     * Adds a token that is text. If that completes a stop string, releases what comes before, gives
     * the stop string, and the stream has ended.
     *
     * @param mayStop if not, stop strings are text like any other up to here
     */
    Optional<String> append(int id, Optional<TokenLogprobs> logprobs, boolean mayStop) {
        if (tokenizer.isEmpty() || tokenizer.get().isSpecial(id)) {
            appendSilent(id, logprobs);
            return Optional.empty();
        }
        hold(id, decoder.orElseThrow().append(id), logprobs);
        Optional<Match> match = mayStop ? firstMatch() : Optional.empty();
        if (match.isPresent()) {
            releaseUpTo(match.get().start());
        } else {
            releaseUndisputed(mayStop ? undecidedChars() : 0);
        }
        return match.map(Match::stop);
    }

    /** Adds a token without text, such as the model's stop token. No stop string spans it. */
    void appendSilent(int id, Optional<TokenLogprobs> logprobs) {
        finish();
        byte[] bytes = tokenizer.map(t -> t.bytes(id)).orElse(NO_BYTES);
        sink.accept(new GeneratedToken(id, "", bytes, logprobs));
    }

    /**
     * Releases all that is held: no more text comes. A character that is incomplete is left out.
     */
    void finish() {
        while (!pending.isEmpty()) {
            releaseFirst();
        }
    }

    private void hold(int id, String text, Optional<TokenLogprobs> logprobs) {
        pending.add(new Pending(id, text, tokenizer.orElseThrow().bytes(id), logprobs));
        held.append(text);
    }

    /** The stop string that is complete first: which it is does not depend on token borders. */
    private Optional<Match> firstMatch() {
        @Nullable Match first = null;
        for (String stop : stopStrings) {
            int start = held.indexOf(stop);
            Match match = new Match(stop, start);
            if (start >= 0 && (first == null || match.isBefore(first))) {
                first = match;
            }
        }
        return Optional.ofNullable(first);
    }

    /** Releases everything, but no text from {@code border} on. */
    private void releaseUpTo(int border) {
        int start = 0;
        for (Pending token : pending) {
            int end = start + token.text().length();
            boolean isBefore = end < border || (end == border && !token.isUnfinishedCharacter());
            if (isBefore) {
                release(token, token.text(), token.bytes());
            } else {
                String visible = token.text().substring(0, Math.max(0, border - start));
                release(token, visible, visible.getBytes(StandardCharsets.UTF_8));
            }
            start = end;
        }
        pending.clear();
        held.setLength(0);
    }

    /** Releases whole tokens of whole characters, but not the last {@code undecided} chars. */
    private void releaseUndisputed(int undecided) {
        int decided = held.length() - undecided;
        int tokens = 0;
        int end = 0;
        int releasable = 0;
        for (Pending token : pending) {
            tokens++;
            end += token.text().length();
            if (end <= decided && !token.isUnfinishedCharacter()) {
                releasable = tokens;
            }
        }
        for (int i = 0; i < releasable; i++) {
            releaseFirst();
        }
    }

    /** The longest end of the held text with which a stop string begins. */
    private int undecidedChars() {
        int longest = 0;
        for (String stop : stopStrings) {
            int most = Math.min(stop.length() - 1, held.length());
            for (int length = most; length > longest; length--) {
                String end = held.substring(held.length() - length);
                if (stop.startsWith(end)) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    private void releaseFirst() {
        Pending token = pending.remove();
        held.delete(0, token.text().length());
        release(token, token.text(), token.bytes());
    }

    private void release(Pending token, String text, byte[] bytes) {
        sink.accept(new GeneratedToken(token.id(), text, bytes, token.logprobs()));
    }
}
