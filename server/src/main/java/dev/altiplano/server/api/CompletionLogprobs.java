package dev.altiplano.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Log-probabilities in the completions' shape: four lists with one entry for each token, prompt
 * first where it is echoed. The first token of a text follows nothing, so both its values are null.
 *
 * @param tokens the text of each; {@code bytes:\xNN…} where its bytes alone are no UTF-8
 * @param topLogprobs text to log-probability of the likeliest tokens and of the one that was taken
 * @param textOffset where the token begins, in Unicode code points from the start of the text
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record CompletionLogprobs(
        List<String> tokens,
        List<Optional<Float>> tokenLogprobs,
        List<Optional<Map<String, Float>>> topLogprobs,
        List<Integer> textOffset) {}
