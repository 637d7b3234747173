package dev.altiplano.engine;

import dev.altiplano.compute.Activations;
import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.quant.KvType;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How an engine runs. Begin with {@link #defaults} and change what matters.
 *
 * @param tier the kernels; the fastest of this machine if absent
 * @param activations what quantised weights are multiplied with
 * @param kvType how the KV cache stores keys and values
 * @param threads how many compute, the step thread included; one per core if absent
 * @param contextTokens the most tokens of prompt and answer together; absent: as many as the model
 *     was trained for, at most {@link #CONTEXT_TOKENS_DEFAULT_MAX}
 * @param maxSequences how many run in one batch; the others wait
 * @param kvTokens positions of the KV cache for all sequences together, at least one context;
 *     absent: a context for each sequence
 * @param queueLimit how many requests may wait; one more is refused
 * @param stepTokens the most tokens of one step: longer prompts are read in several
 * @param readAhead how many tokens wait for a slow reader before its sequence pauses
 * @param pauseLimit how long a sequence stays paused before it ends as failed
 */
public record EngineOptions(
        Optional<KernelTier> tier,
        Activations activations,
        KvType kvType,
        OptionalInt threads,
        OptionalInt contextTokens,
        int maxSequences,
        OptionalInt kvTokens,
        int queueLimit,
        int stepTokens,
        int readAhead,
        Duration pauseLimit) {
    public static final int CONTEXT_TOKENS_DEFAULT_MAX = 8192;
    public static final int SEQUENCES_MAX = 1024;

    /** Throws {@link IllegalArgumentException} that names the first value out of range. */
    public EngineOptions {
        threads.ifPresent(value -> check("threads", value, 1, 1024));
        contextTokens.ifPresent(value -> check("context tokens", value, 1, Integer.MAX_VALUE));
        check("max sequences", maxSequences, 1, SEQUENCES_MAX);
        kvTokens.ifPresent(value -> check("kv tokens", value, 1, Integer.MAX_VALUE));
        check("queue limit", queueLimit, 1, 1 << 20);
        check("step tokens", stepTokens, 1, 1 << 16);
        check("read ahead", readAhead, 1, 1 << 16);
        if (!pauseLimit.isPositive()) {
            throw new IllegalArgumentException(
                    "pause limit: expected more than 0, found " + pauseLimit);
        }
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s: expected %d to %d, found %d".formatted(name, least, most, value));
        }
    }

    /** Everything chosen for the machine; eight sequences at once, 256 more may wait. */
    public static EngineOptions defaults() {
        return new EngineOptions(
                Optional.empty(),
                Activations.INT8,
                KvType.DEFAULT,
                OptionalInt.empty(),
                OptionalInt.empty(),
                8,
                OptionalInt.empty(),
                256,
                256,
                256,
                Duration.ofSeconds(30));
    }

    public EngineOptions withTier(KernelTier value) {
        return new EngineOptions(
                Optional.of(value),
                activations,
                kvType,
                threads,
                contextTokens,
                maxSequences,
                kvTokens,
                queueLimit,
                stepTokens,
                readAhead,
                pauseLimit);
    }

    public EngineOptions withActivations(Activations value) {
        return new EngineOptions(
                tier,
                value,
                kvType,
                threads,
                contextTokens,
                maxSequences,
                kvTokens,
                queueLimit,
                stepTokens,
                readAhead,
                pauseLimit);
    }

    public EngineOptions withKvType(KvType value) {
        return new EngineOptions(
                tier,
                activations,
                value,
                threads,
                contextTokens,
                maxSequences,
                kvTokens,
                queueLimit,
                stepTokens,
                readAhead,
                pauseLimit);
    }

    public EngineOptions withThreads(int value) {
        return new EngineOptions(
                tier,
                activations,
                kvType,
                OptionalInt.of(value),
                contextTokens,
                maxSequences,
                kvTokens,
                queueLimit,
                stepTokens,
                readAhead,
                pauseLimit);
    }

    public EngineOptions withContextTokens(int value) {
        return new EngineOptions(
                tier,
                activations,
                kvType,
                threads,
                OptionalInt.of(value),
                maxSequences,
                kvTokens,
                queueLimit,
                stepTokens,
                readAhead,
                pauseLimit);
    }

    public EngineOptions withMaxSequences(int value) {
        return new EngineOptions(
                tier,
                activations,
                kvType,
                threads,
                contextTokens,
                value,
                kvTokens,
                queueLimit,
                stepTokens,
                readAhead,
                pauseLimit);
    }

    public EngineOptions withKvTokens(int value) {
        return new EngineOptions(
                tier,
                activations,
                kvType,
                threads,
                contextTokens,
                maxSequences,
                OptionalInt.of(value),
                queueLimit,
                stepTokens,
                readAhead,
                pauseLimit);
    }

    public EngineOptions withQueueLimit(int value) {
        return new EngineOptions(
                tier,
                activations,
                kvType,
                threads,
                contextTokens,
                maxSequences,
                kvTokens,
                value,
                stepTokens,
                readAhead,
                pauseLimit);
    }

    public EngineOptions withStepTokens(int value) {
        return new EngineOptions(
                tier,
                activations,
                kvType,
                threads,
                contextTokens,
                maxSequences,
                kvTokens,
                queueLimit,
                value,
                readAhead,
                pauseLimit);
    }

    public EngineOptions withReadAhead(int value) {
        return new EngineOptions(
                tier,
                activations,
                kvType,
                threads,
                contextTokens,
                maxSequences,
                kvTokens,
                queueLimit,
                stepTokens,
                value,
                pauseLimit);
    }

    public EngineOptions withPauseLimit(Duration value) {
        return new EngineOptions(
                tier,
                activations,
                kvType,
                threads,
                contextTokens,
                maxSequences,
                kvTokens,
                queueLimit,
                stepTokens,
                readAhead,
                value);
    }
}
