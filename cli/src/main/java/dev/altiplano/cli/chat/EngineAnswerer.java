package dev.altiplano.cli.chat;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.engine.Engine;
import dev.altiplano.engine.FinishReason;
import dev.altiplano.engine.GeneratedToken;
import dev.altiplano.engine.Generation;
import dev.altiplano.engine.GenerationRequest;
import dev.altiplano.engine.GenerationUsage;
import dev.altiplano.engine.sampling.SamplingOptions;
import dev.altiplano.model.chat.ChatFormat;
import dev.altiplano.model.chat.ChatFormats;
import dev.altiplano.model.chat.ChatMessage;
import dev.altiplano.model.chat.ChatPrompt;
import dev.altiplano.model.token.Tokenizer;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers with an engine: messages to prompt, prompt to ids, tokens to text. */
public final class EngineAnswerer implements Answerer {
    private final Engine engine;
    private final Tokenizer tokenizer;
    private final ChatFormat format;
    private final SamplingOptions sampling;
    private final int maxTokens;
    private volatile @Nullable Generation running;

    /** Throws {@link AltiplanoException} if the model has no tokenizer or no chat format. */
    public EngineAnswerer(Engine engine, SamplingOptions sampling, int maxTokens) {
        this.engine = engine;
        this.sampling = sampling;
        this.maxTokens = maxTokens;
        this.tokenizer =
                engine.tokenizer()
                        .orElseThrow(() -> lacks("a tokenizer, to turn text into tokens"));
        this.format =
                ChatFormats.forModel(engine.model().file(), Clock.system(ZoneId.systemDefault()))
                        .orElseThrow(() -> lacks("a chat template, to tell turns apart"));
    }

    private AltiplanoException lacks(String what) {
        return new AltiplanoException(
                "%s: expected %s, found none in the file. Chat needs a model that was tuned for it, such as smollm2."
                        .formatted(engine.model().name(), what));
    }

    @Override
    public Answer answer(List<ChatMessage> conversation, Consumer<String> onText) {
        int[] prompt = tokenizer.encode(format.render(ChatPrompt.of(conversation)));
        GenerationRequest request =
                GenerationRequest.of(prompt).withSampling(sampling).withMaxTokens(maxTokens);
        StringBuilder text = new StringBuilder();
        try (Generation generation = engine.submit(request)) {
            running = generation;
            for (GeneratedToken token : generation) {
                text.append(token.text());
                onText.accept(token.text());
            }
            return answer(text.toString(), generation);
        } finally {
            running = null;
        }
    }

    private static Answer answer(String text, Generation generation) {
        GenerationUsage usage = generation.usage();
        return new Answer(
                text,
                ending(generation.finishReason()),
                usage.promptTokens(),
                usage.completionTokens(),
                usage.queueNanos() + usage.prefillNanos(),
                usage.decodeNanos());
    }

    private static String ending(FinishReason reason) {
        return switch (reason) {
            case STOP -> "";
            case LENGTH -> "Ended at the limit of tokens (--max-tokens).";
            case CONTEXT_FULL -> "The context is full: /new begins another conversation.";
            case CANCELLED -> "Stopped.";
            case FAILED -> "Failed.";
        };
    }

    @Override
    public void stop() {
        Generation generation = running;
        if (generation != null) {
            generation.cancel();
        }
    }
}
