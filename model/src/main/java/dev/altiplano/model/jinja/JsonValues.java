package dev.altiplano.model.jinja;

import dev.altiplano.model.json.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as template values, all of its text untrusted, keys included. */
public final class JsonValues {
    private JsonValues() {}

    /** A whole number stays exact; one with a fraction or exponent is a float, as in Python. */
    public static Value untrusted(Json json) {
        return switch (json) {
            case Json.Obj object -> {
                Map<String, Value> members = new LinkedHashMap<>();
                object.members().forEach((key, value) -> members.put(key, untrusted(value)));
                yield Dict.of(members, false);
            }
            case Json.Arr array -> {
                List<Value> items = new ArrayList<>();
                array.items().forEach(item -> items.add(untrusted(item)));
                yield Sequence.list(items);
            }
            case Json.Str string -> Text.untrusted(string.value());
            case Json.Num number -> number(number.text());
            case Json.Bool bool -> Value.of(bool.value());
            case Json.Null _ -> Value.NONE;
        };
    }

    private static Value number(String text) {
        boolean isWhole = text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
        return isWhole
                ? Numbers.checked(new BigInteger(text))
                : new Value.Real(Double.parseDouble(text));
    }
}
