package dev.altiplano.server.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a call's body as one JSON object. */
final class JsonBody {
    private JsonBody() {}

    /**
     * The fields of the body.
     *
     * @throws ApiException 415 when the body is not declared as JSON, 400 when it is not an object
     *     or passes a limit of {@link ApiJson}
     * @throws IOException when the connection breaks
     */
    static JsonFields read(HttpCall call) throws IOException {
        String contentType = call.header("content-type").orElse(Answers.JSON);
        String mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!mediaType.equals(Answers.JSON)) {
            throw ApiException.unsupportedMediaType(
                    "The body is declared as '%s', expected application/json. Set the Content-Type header."
                            .formatted(mediaType));
        }
        return JsonFields.ofBody(parse(call));
    }

    private static ObjectNode parse(HttpCall call) throws IOException {
        try (InputStream body = call.body()) {
            JsonNode tree = ApiJson.MAPPER.readTree(body);
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw ApiException.invalidJson(
                    "The body must be a JSON object, found %s. See the documentation of this path."
                            .formatted(JsonFields.kind(tree)));
        } catch (StreamConstraintsException e) {
            throw ApiException.jsonLimit(
                    "The body goes beyond a limit%s: %s. Limits are depth %d, %d characters a string, %d digits a number."
                            .formatted(
                                    place(e.getLocation()),
                                    e.getOriginalMessage(),
                                    ApiJson.DEPTH_MAX,
                                    ApiJson.STRING_CHARS_MAX,
                                    ApiJson.NUMBER_DIGITS_MAX));
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw ApiException.invalidJson(
                    "The body is not JSON%s: %s. Correct it there."
                            .formatted(place(e.getLocation()), e.getOriginalMessage()));
        }
    }

    private static String place(TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }
}
