package dev.altiplano.engine;

import dev.altiplano.engine.sampling.TokenLogprobs;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One answer as it comes into being: iterate to wait for its tokens, on any thread that may block,
 * best a virtual one; one thread at a time.
 *
 * <p>Tokens that nobody has read yet pile up to {@link EngineOptions#readAhead}; then the sequence
 * pauses and keeps its place in the KV cache. Close a generation that is not wanted any more: it
 * ends within one step. One that has ended holds nothing.
 *
 * <pre>{@code
 * try (Generation generation = engine.submit(request)) {
 *     for (GeneratedToken token : generation) {
 *         System.out.print(token.text());
 *     }
 * }
 * }</pre>
 */
public final class Generation implements Iterable<GeneratedToken>, AutoCloseable {
    /** Lies behind the last token, so that a waiting reader wakes up. */
    private static final GeneratedToken END =
            new GeneratedToken(-1, "", new byte[0], Optional.empty());

    private record Ending(FinishReason reason, @Nullable GenerationFailedException failure) {}

    private final LinkedBlockingQueue<GeneratedToken> unread = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private final GenerationClock clock;
    private final int promptTokens;
    private final int readAhead;
    private final long seed;
    private final Runnable wakeEngine;
    private volatile int completionTokens;
    private volatile boolean paused;
    private volatile @Nullable String stopString;
    private volatile List<Optional<TokenLogprobs>> promptLogprobs = List.of();

    Generation(
            int promptTokens,
            int readAhead,
            long seed,
            GenerationClock clock,
            Runnable wakeEngine) {
        this.promptTokens = promptTokens;
        this.readAhead = readAhead;
        this.seed = seed;
        this.clock = clock;
        this.wakeEngine = wakeEngine;
    }

    // ---- for the reader

    /**
     * Waits for the next token; empty at the end. A reader that is interrupted cancels the
     * generation, gets the end and stays interrupted.
     *
     * @throws GenerationFailedException after the last good token, if a step failed
     */
    public Optional<GeneratedToken> take() {
        if (isCancelled()) {
            return Optional.empty();
        }
        try {
            return delivered(unread.take());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel();
            return Optional.empty();
        }
    }

    /** As {@link #take} when a token or the end is there already; otherwise empty at once. */
    Optional<GeneratedToken> poll() {
        GeneratedToken token = isCancelled() ? null : unread.poll();
        return token == null ? Optional.empty() : delivered(token);
    }

    private Optional<GeneratedToken> delivered(GeneratedToken token) {
        if (token.id() == END.id()) {
            unread.add(END); // for whoever asks again
            Ending ended = ending.get();
            if (ended != null && ended.failure() != null) {
                throw ended.failure();
            }
            return Optional.empty();
        }
        if (paused && unread.size() <= readAhead / 2) {
            wakeEngine.run();
        }
        return isCancelled() ? Optional.empty() : Optional.of(token);
    }

    /** The tokens that have not been read yet; see {@link #take}. */
    @Override
    public Iterator<GeneratedToken> iterator() {
        return new Iterator<>() {
            private Optional<GeneratedToken> next = Optional.empty();

            @Override
            public boolean hasNext() {
                if (next.isEmpty()) {
                    next = take();
                }
                return next.isPresent();
            }

            @Override
            public GeneratedToken next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the generation has ended");
                }
                GeneratedToken token = next.orElseThrow();
                next = Optional.empty();
                return token;
            }
        };
    }

    /** Waits for the end and gives the text of the tokens that have not been read yet. */
    public String readAll() {
        StringBuilder text = new StringBuilder();
        forEach(token -> text.append(token.text()));
        return text.toString();
    }

    /** Ends the generation within one step, if it has not ended; what is unread is dropped. */
    public void cancel() {
        if (end(FinishReason.CANCELLED, null)) {
            wakeEngine.run();
        }
    }

    /** As {@link #cancel}. */
    @Override
    public void close() {
        cancel();
    }

    public boolean isFinished() {
        return ending.get() != null;
    }

    /**
     * Throws {@link IllegalStateException} before the end, which the reader sees as the last token.
     */
    public FinishReason finishReason() {
        Ending ended = ending.get();
        if (ended == null) {
            throw new IllegalStateException("the generation has not ended: read its tokens first");
        }
        return ended.reason();
    }

    /** The stop string that ended the text. */
    public Optional<String> stopString() {
        return Optional.ofNullable(stopString);
    }

    /**
     * One entry for each token of the prompt, the first of them empty: nothing comes before it.
     * Complete once the first token was taken, or the end was reached; an empty list if they were
     * not asked for.
     */
    public List<Optional<TokenLogprobs>> promptLogprobs() {
        return promptLogprobs;
    }

    /** The seed of the answer, also when it was drawn by the engine. */
    public long seed() {
        return seed;
    }

    /** What was used so far; all there is to know once the generation has ended. */
    public GenerationUsage usage() {
        return clock.usage(promptTokens, completionTokens);
    }

    // ---- for the step thread

    /** Whether the reader is so far behind that no token should be added. */
    boolean isPaused() {
        // The flag goes up before the size is read again: a reader either sees the flag or is seen.
        if (!paused && unread.size() >= readAhead) {
            paused = true;
        }
        if (paused && unread.size() <= readAhead / 2) {
            paused = false;
        }
        return paused;
    }

    void publish(GeneratedToken token) {
        unread.add(token);
    }

    /** Books that the model has given {@code count} tokens by now. */
    void tokenCame(int count) {
        completionTokens = count;
        clock.tokenCame();
    }

    void putPromptLogprobs(List<Optional<TokenLogprobs>> logprobs) {
        promptLogprobs = List.copyOf(logprobs);
    }

    void putStopString(String found) {
        stopString = found;
    }

    GenerationClock clock() {
        return clock;
    }

    /** Ends it, if this is the first end. */
    boolean end(FinishReason reason, @Nullable GenerationFailedException failure) {
        boolean first = ending.compareAndSet(null, new Ending(reason, failure));
        if (first) {
            unread.add(END);
        }
        return first;
    }

    private boolean isCancelled() {
        Ending ended = ending.get();
        return ended != null && ended.reason() == FinishReason.CANCELLED;
    }
}
