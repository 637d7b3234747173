package dev.altiplano.model.json;

import dev.altiplano.compute.ModelFormatException;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A JSON value that knows where it stands, so that a wrong type or a missing key is reported as
 * {@code config.json, rope_scaling.factor: expected a number, found "8"}.
 *
 * @param file the file's name, for messages
 * @param path the keys on the way to the value, empty for the whole document
 */
public record JsonAt(String file, String path, Json value) {
    private static final int FOUND_CHARS_MAX = 60;

    public static JsonAt root(String file, Json value) {
        return new JsonAt(file, "", value);
    }

    /** The member {@code key} of this object, unless it is absent or null. */
    public Optional<JsonAt> find(String key) {
        return object().find(key)
                .filter(found -> !(found instanceof Json.Null))
                .map(found -> new JsonAt(file, pathOf(key), found));
    }

    /** The member {@code key}, which must be there and not null. */
    public JsonAt require(String key) {
        return find(key)
                .orElseThrow(
                        () ->
                                new ModelFormatException(
                                        "%s: expected the key '%s', found none. Download the file again."
                                                .formatted(file, pathOf(key))));
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    public Json.Obj object() {
        if (value instanceof Json.Obj object) {
            return object;
        }
        throw expected("an object");
    }

    /** The items of this array, each with its place. */
    public List<JsonAt> items() {
        if (!(value instanceof Json.Arr(List<Json> items))) {
            throw expected("an array");
        }
        return new AbstractList<>() {
            @Override
            public int size() {
                return items.size();
            }

            @Override
            public JsonAt get(int index) {
                return new JsonAt(file, "%s[%d]".formatted(path, index), items.get(index));
            }
        };
    }

    public String string() {
        if (value instanceof Json.Str string) {
            return string.value();
        }
        throw expected("a string");
    }

    public boolean bool() {
        if (value instanceof Json.Bool bool) {
            return bool.value();
        }
        throw expected("true or false");
    }

    /** A finite number. */
    public double number() {
        double number = value instanceof Json.Num num ? num.asDouble() : Double.NaN;
        if (!Double.isFinite(number)) {
            throw expected("a number");
        }
        return number;
    }

    /** A whole number from {@code min} to {@code max}, both included. */
    public long integer(long min, long max) {
        OptionalLong integer = wholeNumber();
        if (integer.isEmpty() || integer.getAsLong() < min || integer.getAsLong() > max) {
            throw expected("a whole number from %d to %d".formatted(min, max));
        }
        return integer.getAsLong();
    }

    private OptionalLong wholeNumber() {
        try {
            return value instanceof Json.Num number
                    ? OptionalLong.of(number.asLong())
                    : OptionalLong.empty();
        } catch (ArithmeticException fractionOrTooLarge) {
            return OptionalLong.empty();
        }
    }

    /** A whole number from {@code min} to {@code max}, both included. */
    public int integer(int min, int max) {
        return (int) integer((long) min, (long) max);
    }

    /** The error that this value is not what was expected. */
    public ModelFormatException expected(String expected) {
        return new ModelFormatException(
                "%s%s: expected %s, found %s. Mend the file or download it again."
                        .formatted(file, path.isEmpty() ? "" : ", " + path, expected, found()));
    }

    private String found() {
        return switch (value) {
            case Json.Obj object -> "an object of %d keys".formatted(object.members().size());
            case Json.Arr array -> "an array of %d items".formatted(array.items().size());
            case Json.Str string -> JsonWriter.quote(shorten(string.value()));
            case Json.Num number -> shorten(number.text());
            case Json.Bool bool -> bool.toString();
            case Json.Null none -> none.toString();
        };
    }

    private static String shorten(String text) {
        return text.length() <= FOUND_CHARS_MAX ? text : text.substring(0, FOUND_CHARS_MAX) + "…";
    }
}
