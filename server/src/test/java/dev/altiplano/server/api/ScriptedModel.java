package dev.altiplano.server.api;

import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.quant.KvType;
import dev.altiplano.engine.EngineStats;
import dev.altiplano.engine.FinishReason;
import dev.altiplano.engine.GeneratedToken;
import dev.altiplano.engine.GenerationRequest;
import dev.altiplano.engine.GenerationUsage;
import dev.altiplano.engine.sampling.TokenLogprobs;
import dev.altiplano.model.chat.ChatFormat;
import dev.altiplano.model.chat.ChatMessage;
import dev.altiplano.model.token.PromptText;
import dev.altiplano.model.token.StreamDecoder;
import dev.altiplano.model.token.Tokenizer;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * A model without weights that does what its prompt says, for tests of the server:
 *
 * <ul>
 *   <li>{@code say X} answers X, a byte for each token;
 *   <li>{@code wait} says "…" and nothing more until it is cancelled;
 *   <li>{@code hang} says nothing at all until it is cancelled;
 *   <li>{@code fail} fails at once, {@code say X fail} after X;
 *   <li>anything else is answered with itself.
 * </ul>
 */
public final class ScriptedModel implements ServedModel {
    public static final String NAME = "scripted";
    public static final int CONTEXT_TOKENS = 512;

    /** What a token's log-probability is: a number of its own for each id. */
    public static float logprob(int id) {
        return -1 - id / 1000f;
    }

    private final ByteTokenizer tokenizer = new ByteTokenizer();
    private final Semaphore cancellations = new Semaphore(0);
    private final Semaphore submissions = new Semaphore(0);
    private volatile boolean alive = true;
    private final LinkedBlockingQueue<GenerationRequest> requests = new LinkedBlockingQueue<>();

    /** A permit for each answer that was cancelled before its end. */
    public Semaphore cancellations() {
        return cancellations;
    }

    /** A permit for each answer that was begun. */
    public Semaphore submissions() {
        return submissions;
    }

    /** What was asked for, in order. */
    public LinkedBlockingQueue<GenerationRequest> requests() {
        return requests;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public Optional<ChatFormat> chatFormat() {
        return Optional.of(
                prompt -> {
                    PromptText.Builder text = PromptText.builder().trusted("<|begin|>");
                    for (ChatMessage message : prompt.messages()) {
                        text.trusted("<|" + message.role() + "|>").untrusted(message.content());
                    }
                    prompt.tools().forEach(tool -> text.untrusted(" tool " + tool.name()));
                    return text.trusted("<|assistant|>").build();
                });
    }

    @Override
    public int contextTokens() {
        return CONTEXT_TOKENS;
    }

    @Override
    public long parameters() {
        return 1234;
    }

    @Override
    public long sizeBytes() {
        return 5678;
    }

    /** Makes it look as if a defect had ended the engine. */
    public void die() {
        alive = false;
    }

    @Override
    public boolean isAlive() {
        return alive;
    }

    @Override
    public KernelTier kernelTier() {
        return KernelTier.SCALAR;
    }

    @Override
    public KvType kvType() {
        return KvType.F16;
    }

    @Override
    public EngineStats stats() {
        return new EngineStats(0, 0, 0, 0, 100, 0, 0, 0, Map.of());
    }

    @Override
    public Answer submit(GenerationRequest request) {
        requests.add(request);
        submissions.release();
        return new ScriptedAnswer(request);
    }

    private final class ScriptedAnswer implements Answer, Iterator<GeneratedToken> {
        private final GenerationRequest request;
        private final int[] script;
        private final String prompt;
        private final StreamDecoder decoder = tokenizer.streamDecoder();
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile FinishReason reason = FinishReason.STOP;
        private int position;

        ScriptedAnswer(GenerationRequest request) {
            this.request = request;
            int[] plain =
                    IntStream.of(request.promptIds())
                            .filter(id -> !tokenizer.isSpecial(id))
                            .toArray();
            this.prompt = tokenizer.decode(plain);
            this.script = tokenizer.encode(text());
        }

        private String text() {
            if (prompt.equals("wait")) {
                return "…";
            }
            String said = prompt.startsWith("say ") ? prompt.substring("say ".length()) : prompt;
            return said.endsWith("fail")
                    ? said.substring(0, said.length() - "fail".length())
                    : said;
        }

        @Override
        public Iterator<GeneratedToken> tokens() {
            return this;
        }

        @Override
        public boolean hasNext() {
            if (reason == FinishReason.CANCELLED) {
                return false;
            }
            boolean waits = prompt.equals("wait") && position == script.length;
            if (waits || prompt.equals("hang")) {
                awaitEnd();
                return false;
            }
            if (position < script.length && position < request.maxTokens()) {
                return true;
            }
            if (prompt.endsWith("fail")) {
                throw new IllegalStateException("scripted failure with a secret");
            }
            reason = position < script.length ? FinishReason.LENGTH : FinishReason.STOP;
            ended.countDown();
            return false;
        }

        private void awaitEnd() {
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                cancel();
            }
        }

        @Override
        public GeneratedToken next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int id = script[position++];
            return new GeneratedToken(
                    id, decoder.append(id), tokenizer.bytes(id), Optional.of(logprobs(id)));
        }

        private TokenLogprobs logprobs(int id) {
            return new TokenLogprobs(
                    logprob(id),
                    IntStream.range(0, Math.max(0, request.topLogprobs()))
                            .mapToObj(rank -> (id + rank) % ByteTokenizer.BEGIN)
                            .map(other -> new TokenLogprobs.Alternative(other, logprob(other)))
                            .toList());
        }

        @Override
        public void cancel() {
            if (ended.getCount() > 0) {
                reason = FinishReason.CANCELLED;
                ended.countDown();
                cancellations.release();
            }
        }

        @Override
        public FinishReason finishReason() {
            return reason;
        }

        @Override
        public GenerationUsage usage() {
            return new GenerationUsage(
                    request.promptIds().length, position, 1_000_000, 2_000_000, 3_000_000);
        }

        @Override
        public List<Optional<TokenLogprobs>> promptLogprobs() {
            if (!request.promptLogprobs()) {
                return List.of();
            }
            int[] ids = request.promptIds();
            return IntStream.range(0, ids.length)
                    .mapToObj(
                            i ->
                                    i == 0
                                            ? Optional.<TokenLogprobs>empty()
                                            : Optional.of(logprobs(ids[i])))
                    .toList();
        }

        @Override
        public void close() {
            cancel();
        }
    }
}
