package dev.altiplano.server.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the answers of a completion that is not streamed. */
final class CompletionCollector implements AnswerSink {
    private final CompletionPlan plan;
    private final AnswerTotals totals = new AnswerTotals();
    private final List<CompletionText> texts = new ArrayList<>();

    CompletionCollector(CompletionPlan plan) {
        this.plan = plan;
        plan.generations().forEach(generation -> texts.add(new CompletionText(plan)));
    }

    @Override
    public void began(AnswerEvent.Began began) {
        texts.get(began.index()).begin(began);
    }

    @Override
    public void token(AnswerEvent.Token token) {
        texts.get(token.index()).add(token.token());
    }

    @Override
    public void ended(AnswerEvent.Ended ended) {
        totals.add(ended);
    }

    CompletionResponse response(AnswerHead head) {
        List<CompletionResponse.Choice> choices = new ArrayList<>();
        for (int index = 0; index < texts.size(); index++) {
            String reason = AnswerRun.finishReason(totals.of(index).reason());
            choices.add(texts.get(index).take(index, Optional.of(reason)));
        }
        return CompletionResponse.of(
                head,
                choices,
                Optional.of(ApiJson.tree(totals.usage(plan.prompts()))),
                Optional.of(AnswerFacts.of(plan.generations().getFirst(), totals.of(0))));
    }
}
