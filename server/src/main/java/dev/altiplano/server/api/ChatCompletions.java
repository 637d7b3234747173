package dev.altiplano.server.api;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.engine.GenerationRequest;
import dev.altiplano.model.chat.ChatFormat;
import dev.altiplano.model.chat.ChatPrompt;
import dev.altiplano.model.token.PromptText;
import java.io.IOException;
import java.util.ArrayList;
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
        ApiContext.nameIgnored(call, ignored(request));
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

    /** Members without effect; tools among them if the model's template does not show them. */
    private List<String> ignored(ChatRequest request) {
        ChatPrompt prompt = request.prompt();
        List<String> ignored = new ArrayList<>(request.ignored());
        if (!prompt.tools().isEmpty()
                && render(prompt).equals(render(prompt.withTools(List.of())))) {
            ignored.add("tools");
        }
        return ignored;
    }

    private List<GenerationRequest> generations(ChatRequest request) {
        ServedModel model = context.model();
        int[] promptIds = model.tokenizer().encode(render(request.prompt()));
        GenerationRequest generation =
                request.generation()
                        .request(promptIds, model.contextTokens(), Integer.MAX_VALUE, "messages");
        if (request.logprobs()) {
            generation = generation.withTopLogprobs(request.topLogprobs());
        }
        return context.choices(generation, request.generation().choices());
    }

    private PromptText render(ChatPrompt prompt) {
        ChatFormat format =
                context.model()
                        .chatFormat()
                        .orElseThrow(
                                () ->
                                        ApiException.unsupportedParameter(
                                                "messages",
                                                "This model has no chat template. Use /v1/completions."));
        try {
            return format.render(prompt);
        } catch (AltiplanoException e) {
            throw ApiException.invalidValue("messages", String.valueOf(e.getMessage()));
        }
    }
}
