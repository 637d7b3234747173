package dev.altiplano.server.api;

import java.io.IOException;

/** {@code POST /v1/completions}. */
final class Completions implements Endpoint {
    private final ApiContext context;

    Completions(ApiContext context) {
        this.context = context;
    }

    @Override
    public void handle(HttpCall call) throws IOException {
        CompletionRequest request =
                CompletionRequest.read(JsonBody.read(call), context.vocabSize());
        context.checkModel(request.model());
        ApiContext.nameIgnored(call, request.ignored());
        CompletionPlan plan = new CompletionPlan(request, context);
        AnswerHead head =
                new AnswerHead(
                        context.ids().next("cmpl-"),
                        context.now(),
                        context.model().name(),
                        context.systemFingerprint());
        AnswerRun run = new AnswerRun(context, call, "text_completion");
        if (request.generation().stream()) {
            boolean includeUsage = request.generation().includeUsage();
            try (CompletionStream stream = new CompletionStream(call, head, plan, includeUsage)) {
                stream.run(run);
            }
        } else {
            CompletionCollector collector = new CompletionCollector(plan);
            run.run(plan.generations(), collector);
            Answers.json(call, collector.response(head));
        }
    }
}
