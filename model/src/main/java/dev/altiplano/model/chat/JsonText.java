package dev.altiplano.model.chat;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.model.jinja.Dict;
import dev.altiplano.model.jinja.JsonValues;
import dev.altiplano.model.jinja.Text;
import dev.altiplano.model.jinja.Value;
import dev.altiplano.model.json.Json;

/** JSON that callers hand over as text. */
final class JsonText {
    private JsonText() {}

    /** Throws {@link IllegalArgumentException} that names {@code what} but quotes nothing of it. */
    static Json.Obj requireObject(String what, String text) {
        try {
            if (Json.parse(text) instanceof Json.Obj object) {
                return object;
            }
        } catch (ModelFormatException noJson) {
            throw new IllegalArgumentException(
                    "%s: expected a JSON object, found other text".formatted(what), noJson);
        }
        throw new IllegalArgumentException(
                "%s: expected a JSON object, found another JSON value".formatted(what));
    }

    /** A JSON object as a dictionary; what a model wrote in its stead stays the text it is. */
    static Value objectOrText(String text) {
        try {
            if (Json.parse(text) instanceof Json.Obj object) {
                return JsonValues.untrusted(object);
            }
        } catch (ModelFormatException noJson) {
            return Text.untrusted(text);
        }
        return Text.untrusted(text);
    }

    static Dict dict(Json.Obj object) {
        return (Dict) JsonValues.untrusted(object);
    }
}
