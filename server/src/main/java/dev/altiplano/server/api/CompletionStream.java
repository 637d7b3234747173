package dev.altiplano.server.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Sends the answers of a completion as they grow. */
final class CompletionStream implements AnswerSink, AutoCloseable {
    private final LazyStream stream;
    private final AnswerHead head;
    private final CompletionPlan plan;
    private final boolean includeUsage;
    private final AnswerTotals totals = new AnswerTotals();
    private final List<CompletionText> texts = new ArrayList<>();

    CompletionStream(HttpCall call, AnswerHead head, CompletionPlan plan, boolean includeUsage) {
        this.stream = new LazyStream(call);
        this.head = head;
        this.plan = plan;
        this.includeUsage = includeUsage;
        plan.generations().forEach(generation -> texts.add(new CompletionText(plan)));
    }

    void run(AnswerRun run) throws IOException {
        stream.guard(
                () -> {
                    run.run(plan.generations(), this);
                    if (includeUsage) {
                        JsonNode usage = ApiJson.tree(totals.usage(plan.prompts()));
                        stream.send(
                                CompletionResponse.of(
                                        head, List.of(), Optional.of(usage), Optional.empty()));
                    }
                });
    }

    @Override
    public void began(AnswerEvent.Began began) throws IOException {
        texts.get(began.index()).begin(began);
        sendPart(began.index());
    }

    @Override
    public void token(AnswerEvent.Token token) throws IOException {
        texts.get(token.index()).add(token.token());
        sendPart(token.index());
    }

    @Override
    public void ended(AnswerEvent.Ended ended) throws IOException {
        totals.add(ended);
        String reason = AnswerRun.finishReason(ended.reason());
        send(
                texts.get(ended.index()).take(ended.index(), Optional.of(reason)),
                Optional.of(AnswerFacts.of(plan.generations().get(ended.index()), ended)));
    }

    @Override
    public void silent() throws IOException {
        stream.ping();
    }

    private void sendPart(int index) throws IOException {
        CompletionResponse.Choice part = texts.get(index).take(index, Optional.empty());
        boolean hasLogprobs = part.logprobs().filter(some -> !some.tokens().isEmpty()).isPresent();
        if (!part.text().isEmpty() || hasLogprobs) {
            send(part, Optional.empty());
        }
    }

    private void send(CompletionResponse.Choice choice, Optional<AnswerFacts> facts)
            throws IOException {
        Optional<JsonNode> noUsage = includeUsage ? Optional.of(ApiJson.NULL) : Optional.empty();
        stream.send(CompletionResponse.of(head, List.of(choice), noUsage, facts));
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
