package dev.altiplano.server.api;

import dev.altiplano.engine.sampling.PenaltyOptions;
import dev.altiplano.engine.sampling.SamplingOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Reads how tokens are chosen: OpenAI's parameters and the extensions top_k, min_p, typical_p and
 * repetition_penalty. What is absent is OpenAI's default: temperature 1, nothing cut off. The
 * penalties look back over the whole prompt and answer.
 */
final class SamplingFields {
    private static final int LOGIT_BIAS_ENTRIES_MAX = 1024;
    private static final double LOGIT_BIAS_MAX = 100;
    private static final double REPETITION_PENALTY_MIN = 0.01;
    private static final double REPETITION_PENALTY_MAX = 10;
    private static final int WHOLE_SEQUENCE = -1;

    private SamplingFields() {}

    static SamplingOptions read(JsonFields fields, int vocabSize) {
        SamplingOptions options =
                SamplingOptions.defaults()
                        .withTemperature((float) fields.number("temperature", 0, 2).orElse(1))
                        .withTopP((float) fields.number("top_p", 0, 1).orElse(1))
                        .withTopK(topK(fields))
                        .withMinP((float) fields.number("min_p", 0, 1).orElse(0))
                        .withTypicalP((float) fields.number("typical_p", 0, 1).orElse(1))
                        .withPenalties(penalties(fields))
                        .withLogitBias(logitBias(fields, vocabSize));
        OptionalLong seed = fields.integer64("seed");
        return seed.isPresent() ? options.withSeed(seed.getAsLong()) : options;
    }

    /** Both 0 and -1 mean "off". */
    private static int topK(JsonFields fields) {
        return Math.max(0, fields.integer("top_k", -1, Integer.MAX_VALUE).orElse(0));
    }

    private static PenaltyOptions penalties(JsonFields fields) {
        double repetition =
                fields.number("repetition_penalty", REPETITION_PENALTY_MIN, REPETITION_PENALTY_MAX)
                        .orElse(1);
        double presence = fields.number("presence_penalty", -2, 2).orElse(0);
        double frequency = fields.number("frequency_penalty", -2, 2).orElse(0);
        return new PenaltyOptions(
                (float) repetition, (float) presence, (float) frequency, WHOLE_SEQUENCE);
    }

    private static Map<Integer, Float> logitBias(JsonFields fields, int vocabSize) {
        Optional<JsonFields> given = fields.object("logit_bias");
        if (given.isEmpty()) {
            return Map.of();
        }
        JsonFields entries = given.get();
        if (entries.names().size() > LOGIT_BIAS_ENTRIES_MAX) {
            throw ApiException.invalidValue(
                    "logit_bias",
                    "'logit_bias' has %d entries, at most %d are allowed."
                            .formatted(entries.names().size(), LOGIT_BIAS_ENTRIES_MAX));
        }
        Map<Integer, Float> bias = new HashMap<>();
        for (String name : entries.names()) {
            OptionalDouble value = entries.number(name, -LOGIT_BIAS_MAX, LOGIT_BIAS_MAX);
            if (value.isPresent()) {
                bias.put(tokenId(name, vocabSize), (float) value.getAsDouble());
            }
        }
        return Map.copyOf(bias);
    }

    private static int tokenId(String name, int vocabSize) {
        if (name.matches("[0-9]{1,9}") && Integer.parseInt(name) < vocabSize) {
            return Integer.parseInt(name);
        }
        throw ApiException.invalidValue(
                "logit_bias",
                "'logit_bias' has the key '%s', expected token ids from 0 to %d."
                        .formatted(name, vocabSize - 1));
    }
}
