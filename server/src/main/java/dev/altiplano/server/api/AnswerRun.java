package dev.altiplano.server.api;

import dev.altiplano.engine.FinishReason;
import dev.altiplano.engine.GenerationFailedException;
import dev.altiplano.engine.GenerationRequest;
import dev.altiplano.engine.PromptTooLongException;
import dev.altiplano.engine.QueueFullException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * Runs the answers of one call: submits, feeds the sink, ends everything when the client leaves.
 */
final class AnswerRun {
    private static final Logger LOG = System.getLogger(AnswerRun.class.getName());

    private final ApiContext context;
    private final HttpCall call;

    /** What OpenTelemetry calls the operation: chat or text_completion. */
    private final String operation;

    AnswerRun(ApiContext context, HttpCall call, String operation) {
        this.context = context;
        this.call = call;
        this.operation = operation;
    }

    /**
     * Returns when every answer has ended.
     *
     * @throws ApiException 429 when the queue is full, 400 when a prompt is too long, 5xx when the
     *     engine fails or stops
     * @throws IOException when the client has left
     */
    void run(List<GenerationRequest> requests, AnswerSink sink) throws IOException {
        long startNanos = System.nanoTime();
        try (Answering answering = submit(requests)) {
            context.running().add(answering);
            HttpCall.ClientWatch watch = call.whenClientGone(answering::cancel);
            try {
                feed(answering, sink, startNanos);
            } finally {
                watch.close();
                context.running().remove(answering);
            }
        } catch (IOException e) {
            context.metrics().clientGone();
            throw e;
        } catch (InterruptedException e) {
            throw new IOException("the server stops", e);
        }
    }

    private void feed(Answering answering, AnswerSink sink, long startNanos)
            throws IOException, InterruptedException {
        while (!answering.isFinished()) {
            Optional<AnswerEvent> event = answering.next(context.pingInterval());
            if (answering.isCancelled()) {
                throw new IOException("the client left before the end");
            }
            if (answering.isStopped()) {
                throw ApiException.shuttingDown();
            }
            if (event.isEmpty()) {
                sink.silent();
            } else {
                dispatch(event.get(), sink, startNanos);
            }
        }
    }

    private Answering submit(List<GenerationRequest> requests) {
        if (!context.model().isAlive()) {
            throw ApiException.engineEnded();
        }
        try {
            return new Answering(context.model(), requests);
        } catch (QueueFullException e) {
            context.metrics().refused();
            long seconds = e.retryAfter().toSeconds();
            throw ApiException.rateLimited(
                    (int) seconds,
                    "As many requests wait as may. Try again in %d s.".formatted(seconds));
        } catch (GenerationFailedException e) { // it ended just now
            throw ApiException.engineEnded();
        } catch (PromptTooLongException e) {
            throw ApiException.promptTooLong("prompt", e.contextTokens(), e.promptTokens());
        }
    }

    private void dispatch(AnswerEvent event, AnswerSink sink, long startNanos) throws IOException {
        switch (event) {
            case AnswerEvent.Began began -> sink.began(began);
            case AnswerEvent.Token token -> sink.token(token);
            case AnswerEvent.Ended ended -> {
                if (ended.reason() == FinishReason.CANCELLED) {
                    throw ApiException.shuttingDown();
                }
                count(ended, startNanos);
                sink.ended(ended);
            }
            case AnswerEvent.Failed failed -> {
                LOG.log(Level.ERROR, "request " + call.requestId() + " failed", failed.failure());
                throw ApiException.internalError(call.requestId());
            }
        }
    }

    private void count(AnswerEvent.Ended ended, long startNanos) {
        context.metrics()
                .finished(
                        new ServerMetrics.Finished(
                                operation,
                                finishReason(ended.reason()),
                                ended.usage().promptTokens(),
                                ended.usage().completionTokens(),
                                ended.usage().queueNanos(),
                                ended.usage().queueNanos() + ended.usage().prefillNanos(),
                                ended.usage().decodeNanos(),
                                System.nanoTime() - startNanos));
    }

    /** OpenAI's word for the end of an answer. */
    static String finishReason(FinishReason reason) {
        return switch (reason) {
            case STOP -> "stop";
            case LENGTH, CONTEXT_FULL -> "length";
            case CANCELLED, FAILED ->
                    throw new IllegalArgumentException(reason + " is no end that is told of");
        };
    }
}
