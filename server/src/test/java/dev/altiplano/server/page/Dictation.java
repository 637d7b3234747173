package dev.altiplano.server.page;

import dev.altiplano.engine.FinishReason;
import dev.altiplano.engine.GeneratedToken;
import dev.altiplano.engine.GenerationUsage;
import dev.altiplano.engine.sampling.TokenLogprobs;
import dev.altiplano.server.api.ServedModel;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One answer, dictated by a test thread and read by the server. */
final class Dictation implements ServedModel.Answer, Iterator<GeneratedToken> {
    private static final int WAIT_SECONDS = 30;
    private static final int TOKENS_PER_SECOND = 50;
    private static final long NANOS_PER_TOKEN = 1_000_000_000L / TOKENS_PER_SECOND;

    /** What the reader meets next. */
    private sealed interface Step {
        record Piece(String text) implements Step {}

        record End(FinishReason reason) implements Step {}

        record Failure() implements Step {}
    }

    private final LinkedBlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private volatile @Nullable FinishReason reason;
    private @Nullable String piece;
    private int tokens;

    /** One more token with this text. */
    Dictation say(String text) {
        steps.add(new Step.Piece(text));
        return this;
    }

    void end() {
        end(FinishReason.STOP);
    }

    void end(FinishReason end) {
        steps.add(new Step.End(end));
    }

    /** The engine fails. */
    void fail() {
        steps.add(new Step.Failure());
    }

    /** Whether the server has ended the answer before its end; waits for that. */
    boolean isCancelledSoon() throws InterruptedException {
        return cancelled.await(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public Iterator<GeneratedToken> tokens() {
        return this;
    }

    @Override
    public boolean hasNext() {
        if (piece != null) {
            return true;
        }
        if (reason != null) {
            return false;
        }
        switch (take()) {
            case Step.Piece next -> {
                piece = next.text();
                tokens++;
            }
            case Step.End end -> reason = end.reason();
            case Step.Failure failure -> throw new IllegalStateException("dictated failure");
        }
        return piece != null;
    }

    private Step take() {
        try {
            return steps.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Step.End(FinishReason.CANCELLED);
        }
    }

    @Override
    public GeneratedToken next() {
        String text = hasNext() ? piece : null;
        if (text == null) {
            throw new NoSuchElementException();
        }
        piece = null;
        return new GeneratedToken(0, text, text.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    @Override
    public void cancel() {
        if (reason == null) {
            cancelled.countDown();
            end(FinishReason.CANCELLED);
        }
    }

    @Override
    public FinishReason finishReason() {
        FinishReason end = reason;
        if (end == null) {
            throw new IllegalStateException("the answer has not ended");
        }
        return end;
    }

    /** Always {@value #TOKENS_PER_SECOND} tokens a second, so that a test knows the figure. */
    @Override
    public GenerationUsage usage() {
        return new GenerationUsage(10, tokens, 0, 1, Math.max(0, tokens - 1) * NANOS_PER_TOKEN);
    }

    @Override
    public List<Optional<TokenLogprobs>> promptLogprobs() {
        return List.of();
    }

    @Override
    public void close() {
        cancel();
    }
}
