package dev.altiplano.engine;

import dev.altiplano.compute.Activations;
import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.quant.KvType;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * With what a model is measured.
 *
 * @param tier the kernels; the fastest of this machine if absent
 * @param activations what quantised weights are multiplied with
 * @param kvType how the KV cache stores keys and values
 * @param threads how many compute; one per core if absent
 * @param batchTokens the most tokens of one forward pass
 */
public record MeasureOptions(
        Optional<KernelTier> tier,
        Activations activations,
        KvType kvType,
        OptionalInt threads,
        int batchTokens) {
    /** As llama.cpp's physical batch. */
    public static final int BATCH_TOKENS_DEFAULT = 512;

    /** Throws {@link IllegalArgumentException} that names the first value out of range. */
    public MeasureOptions {
        if (threads.isPresent() && (threads.getAsInt() < 1 || threads.getAsInt() > 1024)) {
            throw new IllegalArgumentException(
                    "threads: expected 1 to 1024, found " + threads.getAsInt());
        }
        if (batchTokens < 1 || batchTokens > 1 << 16) {
            throw new IllegalArgumentException(
                    "batch tokens: expected 1 to 65536, found " + batchTokens);
        }
    }

    public static MeasureOptions defaults() {
        return new MeasureOptions(
                Optional.empty(),
                Activations.INT8,
                KvType.DEFAULT,
                OptionalInt.empty(),
                BATCH_TOKENS_DEFAULT);
    }

    public MeasureOptions withTier(KernelTier value) {
        return new MeasureOptions(Optional.of(value), activations, kvType, threads, batchTokens);
    }

    public MeasureOptions withActivations(Activations value) {
        return new MeasureOptions(tier, value, kvType, threads, batchTokens);
    }

    public MeasureOptions withKvType(KvType value) {
        return new MeasureOptions(tier, activations, value, threads, batchTokens);
    }

    public MeasureOptions withThreads(int value) {
        return new MeasureOptions(tier, activations, kvType, OptionalInt.of(value), batchTokens);
    }

    public MeasureOptions withBatchTokens(int value) {
        return new MeasureOptions(tier, activations, kvType, threads, value);
    }
}
