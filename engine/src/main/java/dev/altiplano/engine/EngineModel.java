package dev.altiplano.engine;

import dev.altiplano.model.token.Tokenizer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The model as the engine sees it. Its tokenizer may still be being read while the step thread
 * warms up; it is there before the first request.
 */
final class EngineModel {
    private final StepModel stepModel;
    private final int contextTokens;
    private final CompletableFuture<Optional<Tokenizer>> tokenizer;

    /**
     * @param contextTokens the most tokens of prompt and answer together
     * @param tokenizer without one, answers have ids and no text
     */
    EngineModel(
            StepModel stepModel,
            int contextTokens,
            CompletableFuture<Optional<Tokenizer>> tokenizer) {
        this.stepModel = stepModel;
        this.contextTokens = contextTokens;
        this.tokenizer = tokenizer;
    }

    StepModel stepModel() {
        return stepModel;
    }

    int contextTokens() {
        return contextTokens;
    }

    int vocabSize() {
        return stepModel.vocabSize();
    }

    /** KV blocks for {@code tokens} positions. */
    int blocksFor(int tokens) {
        return Math.ceilDiv(tokens, stepModel.blockTokens());
    }

    /** For a model that no step thread has taken over. */
    void close() {
        tokenizer.handle((read, failure) -> read).join(); // it still reads the file
        stepModel.close();
    }

    /** Waits until the tokenizer is there; throws what reading it threw. */
    void awaitTokenizer() {
        ModelLoading.join(tokenizer);
    }

    Optional<Tokenizer> tokenizer() {
        return tokenizer.resultNow();
    }

    String textOf(int id) {
        return tokenizer().map(t -> t.decode(new int[] {id})).orElse("");
    }

    /** The model's own stop tokens. */
    Set<Integer> stopIds() {
        return tokenizer().map(Tokenizer::stopIds).orElse(Set.of()).stream()
                .filter(id -> id >= 0 && id < vocabSize())
                .collect(Collectors.toUnmodifiableSet());
    }
}
