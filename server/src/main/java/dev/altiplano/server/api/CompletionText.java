package dev.altiplano.server.api;

import dev.altiplano.engine.GeneratedToken;
import java.util.Optional;

/** One growing answer of a completion: text and log-probabilities since it was last taken. */
final class CompletionText {
    private final CompletionPlan plan;
    private final StringBuilder text = new StringBuilder();
    private CompletionLogprobsBuilder logprobs;
    private int codePoints;

    CompletionText(CompletionPlan plan) {
        this.plan = plan;
        this.logprobs = plan.logprobs();
    }

    void begin(AnswerEvent.Began began) {
        CompletionPrompts.Echo echo = plan.echo(began.index());
        text.append(echo.text());
        codePoints = echo.codePoints();
        if (plan.hasLogprobs()) {
            plan.addPrompt(logprobs, echo, began);
        }
    }

    void add(GeneratedToken token) {
        if (plan.hasLogprobs()) {
            logprobs.add(token.id(), token.logprobs(), codePoints);
        }
        text.append(token.text());
        codePoints += token.text().codePointCount(0, token.text().length());
    }

    /** What came since the last time. */
    CompletionResponse.Choice take(int index, Optional<String> finishReason) {
        Optional<CompletionLogprobs> taken =
                plan.hasLogprobs() ? Optional.of(logprobs.build()) : Optional.empty();
        CompletionResponse.Choice choice =
                new CompletionResponse.Choice(index, text.toString(), taken, finishReason);
        text.setLength(0);
        logprobs = plan.logprobs();
        return choice;
    }
}
