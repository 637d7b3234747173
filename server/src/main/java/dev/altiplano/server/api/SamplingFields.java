package dev.altiplano.server.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How tokens are chosen: OpenAI's parameters and the extensions top_k, min_p, typical_p and
 * repetition_penalty. What is absent keeps the engine's default.
 *
 * @param topK 0 and -1 both mean "off" and are kept as 0
 * @param logitBias added to the logit of each id
 */
record SamplingFields(
        OptionalDouble temperature,
        OptionalDouble topP,
        OptionalInt topK,
        OptionalDouble minP,
        OptionalDouble typicalP,
        OptionalDouble repetitionPenalty,
        OptionalDouble presencePenalty,
        OptionalDouble frequencyPenalty,
        Map<Integer, Float> logitBias,
        OptionalLong seed) {
    private static final int LOGIT_BIAS_ENTRIES_MAX = 1024;
    private static final double LOGIT_BIAS_MAX = 100;
    private static final double REPETITION_PENALTY_MIN = 0.01;
    private static final double REPETITION_PENALTY_MAX = 10;

    static SamplingFields read(JsonFields fields, int vocabSize) {
        OptionalInt topK = fields.integer("top_k", -1, Integer.MAX_VALUE);
        return new SamplingFields(
                fields.number("temperature", 0, 2),
                fields.number("top_p", 0, 1),
                topK.isPresent() ? OptionalInt.of(Math.max(0, topK.getAsInt())) : topK,
                fields.number("min_p", 0, 1),
                fields.number("typical_p", 0, 1),
                fields.number("repetition_penalty", REPETITION_PENALTY_MIN, REPETITION_PENALTY_MAX),
                fields.number("presence_penalty", -2, 2),
                fields.number("frequency_penalty", -2, 2),
                logitBias(fields, vocabSize),
                fields.integer64("seed"));
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
