package dev.altiplano.server.api;

import dev.altiplano.engine.GenerationRequest;
import dev.altiplano.model.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the answers of a chat that is not streamed. */
final class ChatCollector implements AnswerSink {
    private final Tokenizer tokenizer;
    private final boolean logprobs;
    private final List<GenerationRequest> generations;
    private final AnswerTotals totals = new AnswerTotals();
    private final List<StringBuilder> texts = new ArrayList<>();
    private final List<List<ChatLogprobs.Entry>> entries = new ArrayList<>();

    ChatCollector(Tokenizer tokenizer, ChatRequest request, List<GenerationRequest> generations) {
        this.tokenizer = tokenizer;
        this.logprobs = request.logprobs();
        this.generations = generations;
        for (int i = 0; i < generations.size(); i++) {
            texts.add(new StringBuilder());
            entries.add(new ArrayList<>());
        }
    }

    @Override
    public void began(AnswerEvent.Began began) {}

    @Override
    public void token(AnswerEvent.Token token) {
        texts.get(token.index()).append(token.token().text());
        if (logprobs) {
            entries.get(token.index()).addAll(ChatLogprobs.entries(tokenizer, token.token()));
        }
    }

    @Override
    public void ended(AnswerEvent.Ended ended) {
        totals.add(ended);
    }

    ChatResponse response(AnswerHead head) {
        List<ChatResponse.Choice> choices = new ArrayList<>();
        for (int index = 0; index < texts.size(); index++) {
            choices.add(
                    new ChatResponse.Choice(
                            index,
                            ChatResponse.Message.of(texts.get(index).toString()),
                            logprobs
                                    ? Optional.of(ChatLogprobs.of(entries.get(index)))
                                    : Optional.empty(),
                            AnswerRun.finishReason(totals.of(index).reason())));
        }
        return new ChatResponse(
                head.id(),
                "chat.completion",
                head.created(),
                head.model(),
                choices,
                totals.usage(1),
                head.systemFingerprint(),
                AnswerFacts.of(generations.getFirst(), totals.of(0)));
    }
}
