package dev.altiplano.engine;

/**
 * What a generation has used so far.
 *
 * @param promptTokens ids given to the engine
 * @param completionTokens ids taken from the model: also a stop token and those of a stop string
 * @param queueNanos from submission to the first step
 * @param prefillNanos from the first step to the first token, or to the end of the prompt where no
 *     token was asked for
 * @param decodeNanos from the first token to the last
 */
public record GenerationUsage(
        int promptTokens,
        int completionTokens,
        long queueNanos,
        long prefillNanos,
        long decodeNanos) {
    public int totalTokens() {
        return promptTokens + completionTokens;
    }
}
