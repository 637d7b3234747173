package dev.altiplano.model.jinja;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Python's {@code json.dumps}, which is what {@code tojson} is in chat templates. */
public final class JsonPrinter {
    /**
     * How JSON is laid out.
     *
     * @param indent what each level adds to a line's start; empty for one line
     */
    record Layout(
            Optional<String> indent,
            String itemSeparator,
            String keySeparator,
            boolean isAscii,
            boolean hasSortedKeys) {}

    private final Session session;
    private final Layout layout;
    private final Text.Builder target = Text.builder();

    private JsonPrinter(Session session, Layout layout) {
        this.session = session;
        this.layout = layout;
    }

    /** The JSON on one line; the origin of all its text is kept. */
    public static Text print(Value value) {
        return write(
                defaultSession(), value, new Layout(Optional.empty(), ", ", ": ", false, false));
    }

    /** The JSON with one member or item on a line, each level {@code spaces} further in. */
    public static Text print(Value value, int spaces) {
        Layout layout = new Layout(Optional.of(" ".repeat(spaces)), ",", ": ", false, false);
        return write(defaultSession(), value, layout);
    }

    private static Session defaultSession() {
        return new Session(TemplateLimits.DEFAULT, Clock.systemUTC());
    }

    static Text write(Session session, Value value, Layout layout) {
        JsonPrinter writer = new JsonPrinter(session, layout);
        writer.write(value, 0);
        return writer.target.build();
    }

    private void write(Value value, int depth) {
        session.requireText(target.length());
        session.charge(1);
        switch (value) {
            case Text text -> string(text);
            case Value.None _ -> target.trusted("null");
            case Value.Bool bool -> target.trusted(bool.value() ? "true" : "false");
            case Value.Int number -> target.trusted(number.value().toString());
            case Value.Real number -> target.trusted(real(number.value()));
            case Sequence sequence -> array(sequence.items(), depth);
            case Dict dict -> object(dict, depth);
            case Value other ->
                    throw ChatTemplateException.evaluation(
                            "a '%s' cannot be written as JSON".formatted(Printing.typeName(other)));
        }
    }

    private void array(List<Value> items, int depth) {
        if (items.isEmpty()) {
            target.untrusted("[]");
            return;
        }
        target.untrusted("[");
        for (int i = 0; i < items.size(); i++) {
            startItem(i == 0, depth + 1);
            write(items.get(i), depth + 1);
        }
        newLine(depth);
        target.untrusted("]");
    }

    private void object(Dict dict, int depth) {
        if (dict.size() == 0) {
            target.untrusted("{}");
            return;
        }
        target.untrusted("{");
        boolean isFirst = true;
        for (Value key : keys(dict)) {
            startItem(isFirst, depth + 1);
            string(key(key));
            target.untrusted(layout.keySeparator());
            write(dict.get(key).orElseThrow(), depth + 1);
            isFirst = false;
        }
        newLine(depth);
        target.untrusted("}");
    }

    private List<Value> keys(Dict dict) {
        List<Value> keys = new ArrayList<>(dict.entries().keySet());
        return layout.hasSortedKeys() ? Sorting.sorted(session, keys, List.of(), false) : keys;
    }

    private static Text key(Value key) {
        return switch (key) {
            case Text text -> text;
            case Value.None _ -> Text.trusted("null");
            case Value.Bool bool -> Text.trusted(bool.value() ? "true" : "false");
            case Value.Int number -> Text.trusted(number.value().toString());
            case Value.Real number -> Text.trusted(real(number.value()));
            case Value other ->
                    throw ChatTemplateException.evaluation(
                            "a '%s' cannot be a key in JSON".formatted(Printing.typeName(other)));
        };
    }

    private void startItem(boolean isFirst, int depth) {
        target.untrusted(isFirst ? "" : layout.itemSeparator());
        newLine(depth);
    }

    private void newLine(int depth) {
        layout.indent()
                .ifPresent(
                        indent -> {
                            session.requireText((long) indent.length() * depth + target.length());
                            target.untrusted("\n").untrusted(indent.repeat(depth));
                        });
    }

    private void string(Text text) {
        session.chargeText(text.length());
        target.untrusted("\"").append(text.map(this::escaped)).untrusted("\"");
    }

    private String escaped(String part) {
        StringBuilder result = new StringBuilder(part.length() + 8);
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            switch (c) {
                case '"' -> result.append("\\\"");
                case '\\' -> result.append("\\\\");
                case '\n' -> result.append("\\n");
                case '\r' -> result.append("\\r");
                case '\t' -> result.append("\\t");
                case '\b' -> result.append("\\b");
                case '\f' -> result.append("\\f");
                default -> {
                    if (c < 0x20 || (layout.isAscii() && c > 0x7e)) {
                        result.append("\\u%04x".formatted((int) c));
                    } else {
                        result.append(c);
                    }
                }
            }
        }
        return result.toString();
    }

    private static String real(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        return Printing.real(value);
    }
}
