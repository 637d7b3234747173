package dev.altiplano.server.api;

import dev.altiplano.engine.GeneratedToken;
import dev.altiplano.engine.GenerationRequest;
import dev.altiplano.model.token.Tokenizer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Sends the answers of a chat as they grow. */
final class ChatStream implements AnswerSink, AutoCloseable {
    private final LazyStream stream;
    private final Tokenizer tokenizer;
    private final AnswerHead head;
    private final ChatRequest request;
    private final List<GenerationRequest> generations;
    private final AnswerTotals totals = new AnswerTotals();

    ChatStream(
            HttpCall call,
            ApiContext context,
            AnswerHead head,
            ChatRequest request,
            List<GenerationRequest> generations) {
        this.stream = new LazyStream(call);
        this.tokenizer = context.model().tokenizer();
        this.head = head;
        this.request = request;
        this.generations = generations;
    }

    void run(AnswerRun run) throws IOException {
        stream.guard(
                () -> {
                    run.run(generations, this);
                    if (request.generation().includeUsage()) {
                        stream.send(
                                chunk(
                                        List.of(),
                                        Optional.of(ApiJson.tree(totals.usage(1))),
                                        Optional.empty()));
                    }
                });
    }

    @Override
    public void began(AnswerEvent.Began began) throws IOException {
        send(began.index(), ChatChunk.Delta.start(), Optional.empty());
    }

    @Override
    public void token(AnswerEvent.Token event) throws IOException {
        GeneratedToken token = event.token();
        Optional<ChatLogprobs> logprobs =
                request.logprobs()
                        ? Optional.of(ChatLogprobs.of(ChatLogprobs.entries(tokenizer, token)))
                        : Optional.empty();
        boolean hasLogprobs = logprobs.isPresent() && !logprobs.get().content().isEmpty();
        if (!token.text().isEmpty() || hasLogprobs) {
            send(event.index(), ChatChunk.Delta.text(token.text()), logprobs);
        }
    }

    @Override
    public void ended(AnswerEvent.Ended ended) throws IOException {
        totals.add(ended);
        ChatChunk.Choice choice =
                new ChatChunk.Choice(
                        ended.index(),
                        ChatChunk.Delta.end(),
                        Optional.empty(),
                        Optional.of(AnswerRun.finishReason(ended.reason())));
        stream.send(
                chunk(
                        List.of(choice),
                        noUsage(),
                        Optional.of(AnswerFacts.of(generations.get(ended.index()), ended))));
    }

    @Override
    public void silent() throws IOException {
        stream.ping();
    }

    private void send(int index, ChatChunk.Delta delta, Optional<ChatLogprobs> logprobs)
            throws IOException {
        ChatChunk.Choice choice = new ChatChunk.Choice(index, delta, logprobs, Optional.empty());
        stream.send(chunk(List.of(choice), noUsage(), Optional.empty()));
    }

    private ChatChunk chunk(
            List<ChatChunk.Choice> choices, Optional<JsonNode> usage, Optional<AnswerFacts> facts) {
        return new ChatChunk(
                head.id(),
                "chat.completion.chunk",
                head.created(),
                head.model(),
                head.systemFingerprint(),
                choices,
                usage,
                facts);
    }

    private Optional<JsonNode> noUsage() {
        return request.generation().includeUsage() ? Optional.of(ApiJson.NULL) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
