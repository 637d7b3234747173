package dev.altiplano.server.api;

import dev.altiplano.engine.GenerationRequest;
import dev.altiplano.engine.sampling.SamplingOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What both kinds of completions can ask for: how much, until when, and sent how.
 *
 * @param maxTokens absent: the rest of the context, or the endpoint's own default
 * @param stopTokenIds ids that end the answer beside the model's own
 * @param choices how many answers for each prompt
 * @param includeUsage whether a stream ends with a chunk of usage
 */
record GenerationFields(
        SamplingOptions sampling,
        OptionalInt maxTokens,
        int minTokens,
        List<String> stop,
        Set<Integer> stopTokenIds,
        boolean ignoreEos,
        int choices,
        boolean stream,
        boolean includeUsage) {
    private static final int STOP_STRINGS_MAX = 16;
    private static final int STOP_STRING_CHARS_MAX = GenerationRequest.STOP_STRING_CHARS_MAX;
    private static final int STOP_TOKEN_IDS_MAX = 128;
    private static final int CHOICES_MAX = 8;

    /** Members that would change the answer if they were obeyed, but are not offered. */
    private static final List<String> UNSUPPORTED =
            List.of(
                    "grammar",
                    "regex",
                    "choice",
                    "structured_outputs",
                    "guided_json",
                    "guided_regex",
                    "guided_choice",
                    "guided_grammar",
                    "use_beam_search",
                    "prompt_logprobs");

    /** {@code maxTokensMin} is 0 where pure scoring is allowed, else 1. */
    static GenerationFields read(JsonFields fields, int vocabSize, int maxTokensMin) {
        UNSUPPORTED.forEach(name -> refuse(fields, name));
        refuseResponseFormat(fields);
        boolean stream = fields.bool("stream");
        Optional<JsonFields> streamOptions = fields.object("stream_options");
        if (streamOptions.isPresent() && !stream) {
            throw ApiException.invalidValue(
                    "stream_options",
                    "'stream_options' is only for streams. Add \"stream\": true, or leave it out.");
        }
        OptionalInt newName =
                fields.integer("max_completion_tokens", maxTokensMin, Integer.MAX_VALUE);
        OptionalInt oldName = fields.integer("max_tokens", maxTokensMin, Integer.MAX_VALUE);
        return new GenerationFields(
                SamplingFields.read(fields, vocabSize),
                newName.isPresent() ? newName : oldName,
                fields.integer("min_tokens", 0, Integer.MAX_VALUE).orElse(0),
                stopStrings(fields),
                stopTokenIds(fields, vocabSize),
                fields.bool("ignore_eos"),
                fields.integer("n", 1, CHOICES_MAX).orElse(1),
                stream,
                streamOptions.isPresent() && streamOptions.get().bool("include_usage"));
    }

    private static void refuseResponseFormat(JsonFields fields) {
        Optional<JsonFields> format = fields.object("response_format");
        if (format.isPresent() && !format.get().requireString("type").equals("text")) {
            throw ApiException.unsupportedParameter(
                    "response_format",
                    "This server cannot force a format of the answer. Use 'text' as type, or leave 'response_format' out.");
        }
    }

    /** Refuses a member that asks for something: anything but null, false or nothing at all. */
    static void refuse(JsonFields fields, String name) {
        Optional<JsonNode> node = fields.node(name);
        boolean asksForNothing =
                node.isEmpty()
                        || (node.get().isBoolean() && !node.get().booleanValue())
                        || (node.get().isContainer() && node.get().isEmpty());
        if (!asksForNothing) {
            throw ApiException.unsupportedParameter(
                    fields.path(name),
                    "'%s' is not offered by this server. Leave it out.".formatted(name));
        }
    }

    /**
     * The engine's request for one prompt.
     *
     * @param maxTokensDefault how much is generated where the caller does not say; the answer ends
     *     earlier where the context is full
     * @throws ApiException 400 when prompt and answer do not fit in the context
     */
    GenerationRequest request(
            int[] promptIds, int contextTokens, int maxTokensDefault, String param) {
        int room = contextTokens - promptIds.length;
        if (room < Math.min(1, maxTokens.orElse(1))) { // pure scoring needs no room
            throw ApiException.promptTooLong(param, contextTokens, promptIds.length);
        }
        if (maxTokens.orElse(0) > room) {
            throw ApiException.contextLengthExceeded(
                    param,
                    "This model's maximum context length is %d tokens, but the prompt has %d and the answer may have %d. Shorten the prompt or ask for less."
                            .formatted(contextTokens, promptIds.length, maxTokens.getAsInt()));
        }
        if (promptIds.length == 0) {
            throw ApiException.invalidValue(
                    param, "'%s' is empty, and this model needs a first token.".formatted(param));
        }
        GenerationRequest request =
                GenerationRequest.of(promptIds)
                        .withSampling(sampling)
                        .withMaxTokens(maxTokens.orElse(maxTokensDefault))
                        .withMinTokens(minTokens)
                        .withStopStrings(stop)
                        .withStopIds(stopTokenIds);
        return ignoreEos ? request.ignoringEos() : request;
    }

    private static List<String> stopStrings(JsonFields fields) {
        Optional<JsonNode> stop = fields.node("stop");
        if (stop.isEmpty()) {
            return List.of();
        }
        List<String> strings =
                stop.get().isString()
                        ? List.of(JsonFields.string(stop.get(), "stop"))
                        : fields.items(stop.get(), "stop", STOP_STRINGS_MAX).stream()
                                .map(item -> JsonFields.string(item.node(), item.path()))
                                .toList();
        if (strings.stream().anyMatch(string -> string.length() > STOP_STRING_CHARS_MAX)) {
            throw ApiException.invalidValue(
                    "stop",
                    "'stop' has a string of more than %d characters. Use a shorter one."
                            .formatted(STOP_STRING_CHARS_MAX));
        }
        return strings.stream().filter(string -> !string.isEmpty()).toList();
    }

    private static Set<Integer> stopTokenIds(JsonFields fields, int vocabSize) {
        Set<Integer> ids = new HashSet<>();
        for (JsonFields.Item item : fields.array("stop_token_ids", STOP_TOKEN_IDS_MAX)) {
            ids.add((int) JsonFields.integer(item.node(), item.path(), 0, vocabSize - 1));
        }
        return Set.copyOf(ids);
    }
}
