package dev.altiplano.model.jinja;

import dev.altiplano.model.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What was recorded from jinja2: reads the files, renders, and names both outcomes alike. */
public final class Recorded {
    /** The moment at which time stood still when the outputs were recorded. */
    public static final Clock CLOCK =
            Clock.fixed(Instant.parse("2024-07-26T15:04:05.678901Z"), ZoneOffset.UTC);

    private Recorded() {}

    /** The outcome that jinja2 had. */
    public static String expected(Json.Obj recorded) {
        if (recorded.find("output").isPresent()) {
            return "output: " + string(recorded, "output");
        }
        return recorded.find("refused").isPresent()
                ? "refused: " + string(recorded, "refused")
                : "error";
    }

    static String outcome(String template, Map<String, Value> variables) {
        try {
            return "output: " + Template.parse(template).render(variables, CLOCK).chars();
        } catch (ChatTemplateException failure) {
            return outcome(failure);
        }
    }

    public static String outcome(ChatTemplateException failure) {
        return failure.reason() == ChatTemplateException.Reason.REFUSED
                ? "refused: " + failure.problem()
                : "error";
    }

    public static String string(Json.Obj object, String key) {
        return ((Json.Str) object.find(key).orElseThrow()).value();
    }

    public static List<Json.Obj> objects(Json.Obj object, String key) {
        return ((Json.Arr) object.find(key).orElseThrow())
                .items().stream().map(Json.Obj.class::cast).toList();
    }

    static Map<String, Value> variables(Json.Obj object) {
        Map<String, Value> variables = new LinkedHashMap<>();
        object.members().forEach((name, value) -> variables.put(name, JsonValues.untrusted(value)));
        return variables;
    }

    /** The file as JSON; {@code path} is relative to the folder {@code jinja}. */
    public static Json.Obj json(String path) {
        return (Json.Obj) Json.parse(path, bytes(path));
    }

    public static byte[] bytes(String path) {
        try (InputStream stream = Recorded.class.getResourceAsStream("/jinja/" + path)) {
            return Objects.requireNonNull(stream, path).readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
