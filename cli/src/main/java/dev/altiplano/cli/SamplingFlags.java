package dev.altiplano.cli;

import dev.altiplano.engine.sampling.PenaltyOptions;
import dev.altiplano.engine.sampling.SamplingOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say how tokens are chosen. */
final class SamplingFlags {
    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0",
            description =
                    "0 takes the most likely token always: small models are right with these and"
                            + " wander off with others. 0.7 is usual for varied answers"
                            + " (${DEFAULT-VALUE}).")
    private float temperature;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            defaultValue = "40",
            description = "Among the K most likely tokens; 0 is off (${DEFAULT-VALUE}).")
    private int topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            defaultValue = "0.95",
            description = "Among the likeliest of that probability together (${DEFAULT-VALUE}).")
    private float topP;

    @Option(
            names = "--min-p",
            paramLabel = "P",
            defaultValue = "0.05",
            description = "At least so likely, relative to the likeliest (${DEFAULT-VALUE}).")
    private float minP;

    @Option(
            names = "--repetition-penalty",
            paramLabel = "X",
            defaultValue = "1.0",
            description = "Over 1 makes what was said less likely (${DEFAULT-VALUE}).")
    private float repetitionPenalty;

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same text.")
    private @Nullable Long seed;

    /** The options that the flags ask for. */
    SamplingOptions options() {
        SamplingOptions options =
                SamplingOptions.defaults()
                        .withTemperature(temperature)
                        .withTopK(topK)
                        .withTopP(topP)
                        .withMinP(minP)
                        .withPenalties(PenaltyOptions.OFF.withRepetition(repetitionPenalty));
        return seed == null ? options : options.withSeed(seed);
    }
}
