package dev.altiplano.engine;

import dev.altiplano.model.token.Tokenizer;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The model as the engine sees it.
 *
 * @param tokenizer without one, answers have ids and no text
 * @param contextTokens the most tokens of prompt and answer together
 * @param stopIds the model's own stop tokens
 */
record EngineModel(
        StepModel stepModel,
        Optional<Tokenizer> tokenizer,
        int contextTokens,
        Set<Integer> stopIds) {

    static EngineModel of(StepModel stepModel, Optional<Tokenizer> tokenizer, int contextTokens) {
        Set<Integer> stopIds =
                tokenizer.map(Tokenizer::stopIds).orElse(Set.of()).stream()
                        .filter(id -> id >= 0 && id < stepModel.vocabSize())
                        .collect(Collectors.toUnmodifiableSet());
        return new EngineModel(stepModel, tokenizer, contextTokens, stopIds);
    }

    int vocabSize() {
        return stepModel.vocabSize();
    }

    String textOf(int id) {
        return tokenizer.map(t -> t.decode(new int[] {id})).orElse("");
    }

    /** KV blocks for {@code tokens} positions. */
    int blocksFor(int tokens) {
        return Math.ceilDiv(tokens, stepModel.blockTokens());
    }
}
