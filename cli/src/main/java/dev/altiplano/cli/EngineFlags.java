package dev.altiplano.cli;

import dev.altiplano.engine.Engine;
import dev.altiplano.engine.EngineOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of every verb that runs an engine. */
final class EngineFlags {
    @Option(
            names = {"-t", "--threads"},
            paramLabel = "N",
            description = "How many threads compute (default: one for each core).")
    private @Nullable Integer threads;

    @Option(
            names = {"-c", "--context"},
            paramLabel = "TOKENS",
            description = "Prompt and answer together (default: what the model knows, to 8192).")
    private @Nullable Integer contextTokens;

    @Mixin private KernelFlags kernelFlags;

    /** Opens the model for {@code maxSequences} at once. */
    Engine open(Path model, int maxSequences) {
        EngineOptions options =
                kernelFlags.applyTo(EngineOptions.defaults()).withMaxSequences(maxSequences);
        if (threads != null) {
            options = options.withThreads(threads);
        }
        if (contextTokens != null) {
            options = options.withContextTokens(contextTokens);
        }
        return Engine.open(model, options);
    }
}
