package dev.altiplano.server.page;

import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.quant.KvType;
import dev.altiplano.engine.EngineStats;
import dev.altiplano.engine.GenerationRequest;
import dev.altiplano.model.chat.ChatFormat;
import dev.altiplano.model.chat.ChatMessage;
import dev.altiplano.model.token.PromptText;
import dev.altiplano.model.token.Tokenizer;
import dev.altiplano.server.api.ApiException;
import dev.altiplano.server.api.ByteTokenizer;
import dev.altiplano.server.api.ServedModel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/**
 * A model whose answers a test dictates, piece by piece and at its own pace: {@link #nextAnswer},
 * then let the page ask.
 */
final class DictatedModel implements ServedModel {
    static final String NAME = "dictated-1b";

    private final ByteTokenizer tokenizer = new ByteTokenizer();
    private final Queue<Dictation> prepared = new ArrayDeque<>();
    private final Queue<ApiException> refusals = new ArrayDeque<>();
    private final List<GenerationRequest> requests = new CopyOnWriteArrayList<>();

    /** Prepares what the next request that has none yet will be answered with. */
    synchronized Dictation nextAnswer() {
        Dictation dictation = new Dictation();
        prepared.add(dictation);
        return dictation;
    }

    /** The next request is answered with the whole text at once. */
    void willSay(String text) {
        nextAnswer().say(text).end();
    }

    /** The next request is refused. */
    synchronized void willRefuse(ApiException refusal) {
        refusals.add(refusal);
    }

    /** Everything asked for since the last reset. */
    List<GenerationRequest> requests() {
        return requests;
    }

    /** The last prompt as text: each message is written as {@code <|role|>content}. */
    String lastPrompt() {
        int[] ids = requests.getLast().promptIds();
        StringBuilder text = new StringBuilder();
        IntStream.Builder plain = IntStream.builder();
        for (int id : ids) {
            if (tokenizer.isSpecial(id)) {
                text.append(tokenizer.decode(plain.build().toArray())).append(tokenizer.text(id));
                plain = IntStream.builder();
            } else {
                plain.add(id);
            }
        }
        return text.append(tokenizer.decode(plain.build().toArray())).toString();
    }

    /** Forgets what was prepared and asked. */
    synchronized void reset() {
        prepared.forEach(Dictation::cancel);
        prepared.clear();
        refusals.clear();
        requests.clear();
    }

    @Override
    public synchronized Answer submit(GenerationRequest request) {
        requests.add(request);
        ApiException refusal = refusals.poll();
        if (refusal != null) {
            throw refusal;
        }
        Dictation dictation = prepared.poll();
        if (dictation == null) {
            throw new IllegalStateException("the page asked for an answer that no test prepared");
        }
        return dictation;
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
                    PromptText.Builder text = PromptText.builder();
                    for (ChatMessage message : prompt.messages()) {
                        text.trusted("<|" + message.role() + "|>").untrusted(message.content());
                    }
                    return text.build();
                });
    }

    @Override
    public int contextTokens() {
        return 1 << 20;
    }

    @Override
    public long parameters() {
        return 1;
    }

    @Override
    public long sizeBytes() {
        return 1;
    }

    @Override
    public boolean isAlive() {
        return true;
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
}
