package dev.altiplano.engine;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.Kernels;
import dev.altiplano.compute.KvLayout;
import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.model.LlamaModel;
import dev.altiplano.model.llama.KvCache;
import dev.altiplano.model.llama.LlamaConfig;
import dev.altiplano.model.token.Tokenizer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Turns an opened model and options into something that the step loop can run. */
final class ModelLoading {
    private static final Logger LOG = System.getLogger(ModelLoading.class.getName());

    /** The KV cache stays below this unless one context alone, or the caller, needs more. */
    static final long KV_BYTES_DEFAULT_MAX = 4L << 30;

    private ModelLoading() {}

    /** Takes over {@code llama}, and closes it if it throws. The tokenizer is read meanwhile. */
    static EngineModel load(LlamaModel llama, EngineOptions options) {
        CompletableFuture<Optional<Tokenizer>> tokenizer =
                CompletableFuture.supplyAsync(
                        llama::tokenizer,
                        task -> Thread.ofPlatform().name("altiplano-tokenizer").start(task));
        try {
            int contextTokens = contextTokens(llama.config(), options);
            StepModel stepModel = stepModel(llama, options, contextTokens);
            return new EngineModel(stepModel, contextTokens, tokenizer);
        } catch (RuntimeException | Error failure) {
            tokenizer.handle((read, ignored) -> read).join(); // it still reads the file
            llama.close();
            throw failure;
        }
    }

    private static StepModel stepModel(LlamaModel llama, EngineOptions options, int contextTokens) {
        Kernels kernels = Kernels.of(kernelTier(options), options.activations());
        int kvTokens = kvTokens(llama.config(), options, contextTokens);
        int threads = options.threads().orElseGet(Runtime.getRuntime()::availableProcessors);
        WorkerTeam team = new WorkerTeam(threads);
        try {
            return new LlamaStepModel(
                    llama.newTransformer(kernels, team, Scheduler.stepTokens(options)),
                    new KvCache(llama.config(), options.kvType(), kvTokens),
                    () -> {
                        team.close();
                        kernels.close();
                        llama.close();
                    });
        } catch (RuntimeException | Error failure) {
            team.close();
            kernels.close();
            throw failure;
        }
    }

    /** The tier that was asked for, or the fastest; one that is far from fast is not kept quiet. */
    private static KernelTier kernelTier(EngineOptions options) {
        KernelTier tier = options.tier().orElseGet(KernelTier::best);
        LOG.log(
                tier.isSlowHere() && options.tier().isEmpty() ? Level.WARNING : Level.DEBUG,
                () ->
                        "kernels: %s%s"
                                .formatted(
                                        tier,
                                        tier.whyNoMachineCode()
                                                .map(why -> ", not machine code: " + why)
                                                .orElse("")));
        return tier;
    }

    /** Waits for {@code reading}; throws what it threw. */
    static <T> T join(CompletableFuture<T> reading) {
        try {
            return reading.join();
        } catch (CompletionException failure) {
            switch (failure.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw failure;
            }
        }
    }

    private static int contextTokens(LlamaConfig config, EngineOptions options) {
        int most = config.contextLength();
        int wanted =
                options.contextTokens()
                        .orElse(Math.min(most, EngineOptions.CONTEXT_TOKENS_DEFAULT_MAX));
        if (wanted > most) {
            throw new AltiplanoException(
                    ("context: expected at most the %d tokens that the model was made for, found"
                                    + " %d. Ask for fewer.")
                            .formatted(most, wanted));
        }
        return options.contextTokens().isPresent()
                ? wanted
                : Math.min(wanted, options.kvTokens().orElse(wanted));
    }

    private static int kvTokens(LlamaConfig config, EngineOptions options, int contextTokens) {
        long blockBytes =
                new KvLayout(
                                config.layers().size(),
                                config.kvHeads(),
                                config.headDim(),
                                options.kvType())
                        .blockBytes();
        long affordable = KV_BYTES_DEFAULT_MAX / blockBytes * KvLayout.BLOCK_TOKENS;
        long wanted = Math.min((long) contextTokens * options.maxSequences(), affordable);
        int tokens =
                options.kvTokens().orElse(Math.clamp(wanted, contextTokens, Integer.MAX_VALUE / 2));
        if (tokens < contextTokens) {
            throw new AltiplanoException(
                    ("KV cache: expected room for one context of %d tokens, found %d. Ask for a"
                                    + " larger cache or a smaller context.")
                            .formatted(contextTokens, tokens));
        }
        return tokens;
    }
}
