package dev.altiplano.server.api;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.engine.GenerationRequest;
import dev.altiplano.model.chat.ChatFormat;
import java.io.IOException;
import java.util.List;

/** {@code POST /v1/chat/completions}. */
final class ChatCompletions implements Endpoint {
    private final ApiContext context;

    ChatCompletions(ApiContext context) {
        this.context = context;
    }

    @Override
    public void handle(HttpCall call) throws IOException {
        ChatRequest request = ChatRequest.read(JsonBody.read(call), context.vocabSize());
        context.checkModel(request.model());
        ApiContext.nameIgnored(call, request.ignored());
        List<GenerationRequest> generations = generations(request);
        AnswerHead head =
                new AnswerHead(
                        context.ids().next("chatcmpl-"),
                        context.now(),
                        context.model().name(),
                        context.systemFingerprint());
        AnswerRun run = new AnswerRun(context, call, "chat");
        if (request.generation().stream()) {
            try (ChatStream stream = new ChatStream(call, context, head, request, generations)) {
                stream.run(run);
            }
        } else {
            ChatCollector collector =
                    new ChatCollector(context.model().tokenizer(), request, generations);
            run.run(generations, collector);
            Answers.json(call, collector.response(head));
        }
    }

    private List<GenerationRequest> generations(ChatRequest request) {
        ServedModel model = context.model();
        GenerationRequest generation =
                request.generation()
                        .request(
                                promptIds(request),
                                model.contextTokens(),
                                Integer.MAX_VALUE,
                                "messages");
        if (request.logprobs()) {
            generation = generation.withTopLogprobs(request.topLogprobs());
        }
        return context.choices(generation, request.generation().choices());
    }

    private int[] promptIds(ChatRequest request) {
        ChatFormat format =
                context.model()
                        .chatFormat()
                        .orElseThrow(
                                () ->
                                        ApiException.unsupportedParameter(
                                                "messages",
                                                "This model has no chat template. Use /v1/completions."));
        try {
            return context.model().tokenizer().encode(format.render(request.prompt()));
        } catch (AltiplanoException e) {
            throw ApiException.invalidValue("messages", String.valueOf(e.getMessage()));
        }
    }
}
