package dev.altiplano.model.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes trees as JSON text without white space. */
final class JsonWriter {
    private static final int DEPTH_MAX = 1_000;

    private final StringBuilder out;
    private int depth;

    JsonWriter(StringBuilder out) {
        this.out = out;
    }

    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2);
        new JsonWriter(quoted).writeString(text);
        return quoted.toString();
    }

    void write(@Nullable Object tree) {
        switch (tree) {
            case null -> out.append("null");
            case Json.Obj object -> writeMap(object.members());
            case Json.Arr array -> writeItems(array.items());
            case Json.Str string -> writeString(string.value());
            case Json.Num number -> out.append(number.text());
            case Json.Bool bool -> out.append(bool.value());
            case Json.Null none -> out.append(none);
            case Map<?, ?> map -> writeMap(map);
            case Iterable<?> items -> writeItems(items);
            case CharSequence text -> writeString(text.toString());
            case Boolean bool -> out.append(bool);
            case Number number -> writeNumber(number);
            default ->
                    throw new IllegalArgumentException(
                            "expected what JSON can hold, found " + tree.getClass().getName());
        }
    }

    private void writeMap(Map<?, ?> map) {
        enter();
        String separator = "{";
        for (Map.Entry<?, ?> member : map.entrySet()) {
            if (!(member.getKey() instanceof String key)) {
                throw new IllegalArgumentException(
                        "expected string keys, found " + member.getKey());
            }
            out.append(separator);
            writeString(key);
            out.append(':');
            write(member.getValue());
            separator = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
        depth--;
    }

    private void writeItems(Iterable<?> items) {
        enter();
        String separator = "[";
        for (Object item : items) {
            out.append(separator);
            write(item);
            separator = ",";
        }
        out.append(separator.equals("[") ? "[]" : "]");
        depth--;
    }

    private void enter() {
        if (++depth > DEPTH_MAX) {
            throw new IllegalArgumentException("expected at most 1000 levels, found a deeper tree");
        }
    }

    private void writeNumber(Number number) {
        boolean exact =
                number instanceof Integer
                        || number instanceof Long
                        || number instanceof Short
                        || number instanceof Byte
                        || number instanceof BigInteger
                        || number instanceof BigDecimal;
        if (!exact && !Double.isFinite(number.doubleValue())) {
            throw new IllegalArgumentException("JSON has no way to write " + number);
        }
        out.append(number);
    }

    private void writeString(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7F || isLoneSurrogate(text, i)) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** Half a pair cannot be UTF-8, so it has to be escaped. */
    private static boolean isLoneSurrogate(String text, int index) {
        char c = text.charAt(index);
        return Character.isHighSurrogate(c)
                ? index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1))
                : Character.isLowSurrogate(c)
                        && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }
}
