package dev.altiplano.server.api;

import dev.altiplano.engine.GenerationRequest;
import dev.altiplano.engine.sampling.TokenLogprobs;
import dev.altiplano.model.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A completion call made ready: its prompts as ids, its generations in the order of the answer's
 * choices (prompt by prompt, {@code n} of each).
 */
final class CompletionPlan {
    /** How much is generated when the caller does not say; OpenAI's number. */
    private static final int MAX_TOKENS_DEFAULT = 16;

    private final CompletionRequest request;
    private final Tokenizer tokenizer;
    private final List<int[]> promptIds = new ArrayList<>();
    private final List<GenerationRequest> generations = new ArrayList<>();

    CompletionPlan(CompletionRequest request, ApiContext context) {
        this.request = request;
        this.tokenizer = context.model().tokenizer();
        for (CompletionPrompt prompt : request.prompts()) {
            int[] ids = CompletionPrompts.ids(tokenizer, prompt);
            promptIds.add(ids);
            GenerationRequest generation =
                    request.generation()
                            .request(
                                    ids,
                                    context.model().contextTokens(),
                                    MAX_TOKENS_DEFAULT,
                                    "prompt");
            generations.addAll(
                    context.choices(withLogprobs(generation), request.generation().choices()));
        }
    }

    private GenerationRequest withLogprobs(GenerationRequest generation) {
        if (request.logprobs().isEmpty()) {
            return generation;
        }
        int alternatives = request.logprobs().getAsInt();
        return request.echo()
                ? generation.withPromptLogprobs(alternatives)
                : generation.withTopLogprobs(alternatives);
    }

    List<GenerationRequest> generations() {
        return generations;
    }

    int prompts() {
        return promptIds.size();
    }

    boolean hasLogprobs() {
        return request.logprobs().isPresent();
    }

    CompletionLogprobsBuilder logprobs() {
        return new CompletionLogprobsBuilder(tokenizer);
    }

    /** What an answer begins with: the prompt if it shall be echoed, else nothing. */
    CompletionPrompts.Echo echo(int index) {
        int prompt = promptOf(index);
        return request.echo()
                ? CompletionPrompts.echo(
                        tokenizer, request.prompts().get(prompt), promptIds.get(prompt))
                : new CompletionPrompts.Echo("", List.of());
    }

    /** Adds the positions of an echoed prompt. */
    void addPrompt(
            CompletionLogprobsBuilder logprobs,
            CompletionPrompts.Echo echo,
            AnswerEvent.Began began) {
        int[] ids = promptIds.get(promptOf(began.index()));
        for (int position = 0; position < echo.offsets().size(); position++) {
            Optional<TokenLogprobs> values = began.promptLogprobs().get(position);
            logprobs.add(ids[position], values, echo.offsets().get(position));
        }
    }

    private int promptOf(int index) {
        return index / request.generation().choices();
    }
}
