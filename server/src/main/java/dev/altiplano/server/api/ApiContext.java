package dev.altiplano.server.api;

import dev.altiplano.engine.GenerationRequest;
import dev.altiplano.engine.sampling.SamplingOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;

/**
 * What all endpoints share.
 *
 * @param created when the model was opened
 * @param seeds draws the seed of a request that brings none; for many threads
 * @param pingInterval a stream that is silent for so long sends a comment
 */
record ApiContext(
        ServedModel model,
        ServerMetrics metrics,
        RunningAnswers running,
        RequestIds ids,
        InstantSource clock,
        long created,
        RandomGenerator seeds,
        Duration pingInterval) {
    /** Seeds that JavaScript's numbers hold exactly, so that a client can send one back. */
    private static final long SEED_MAX = 1L << 53;

    int vocabSize() {
        return model.tokenizer().vocabSize();
    }

    /** Throws 404 for a model that is not served. */
    void checkModel(String name) {
        if (!name.equals(model.name())) {
            throw ApiException.modelNotFound(name, model.name());
        }
    }

    long now() {
        return clock.instant().getEpochSecond();
    }

    /** Changes when the model does: a hash of its name and sizes. */
    String systemFingerprint() {
        CRC32C hash = new CRC32C();
        hash.update(
                "%s|%d|%d"
                        .formatted(model.name(), model.parameters(), model.sizeBytes())
                        .getBytes(StandardCharsets.UTF_8));
        return "fp_" + HexFormat.of().toHexDigits((int) hash.getValue());
    }

    /** {@code count} answers to one prompt: the first has the request's seed, or a drawn one. */
    List<GenerationRequest> choices(GenerationRequest request, int count) {
        SamplingOptions sampling = request.sampling();
        long seed = sampling.seed().orElseGet(() -> seeds.nextLong(SEED_MAX));
        List<GenerationRequest> choices = new ArrayList<>();
        for (int choice = 0; choice < count; choice++) {
            choices.add(request.withSampling(sampling.withSeed(seed + choice)));
        }
        return choices;
    }

    /** Names what had no effect, so that nobody relies on it. */
    static void nameIgnored(HttpCall call, List<String> ignored) {
        if (!ignored.isEmpty()) {
            call.answerHeader("x-altiplano-ignored", IgnoredNames.header(ignored));
        }
    }
}
