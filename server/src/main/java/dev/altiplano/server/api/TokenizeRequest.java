package dev.altiplano.server.api;

import java.util.List;

/**
 * A call to {@code /tokenize}. What users write never becomes a control token, so {@code
 * parse_special} is refused.
 *
 * @param addSpecial whether to put the begin token first, if the model wants one
 * @param withPieces whether to tell the piece of each id
 */
record TokenizeRequest(
        String content, boolean addSpecial, boolean withPieces, List<String> ignored) {
    static TokenizeRequest read(JsonFields fields) {
        GenerationFields.refuse(fields, "parse_special");
        String content =
                fields.string("content")
                        .or(() -> fields.string("prompt"))
                        .orElseThrow(() -> fields.missing("content"));
        return new TokenizeRequest(
                content, fields.bool("add_special"), fields.bool("with_pieces"), fields.ignored());
    }
}
