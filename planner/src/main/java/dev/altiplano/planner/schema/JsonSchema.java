package dev.altiplano.planner.schema;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints a shape as JSON Schema (draft 2020-12), for editors. Bounds of numbers with a unit are
 * told in the description, since such a value is text to JSON.
 */
public final class JsonSchema {
    private static final String INDENT = "  ";

    private JsonSchema() {}

    public static String print(String title, Shape.Block root) {
        String head =
                """
                {
                  "$schema": "https://json-schema.org/draft/2020-12/schema",
                  "title": %s,
                """
                        .formatted(quote(title));
        return head + body(root, "", 0) + "\n}\n";
    }

    /** The members of the object that describes {@code shape}, without its braces. */
    private static String body(Shape shape, String about, int depth) {
        String in = INDENT.repeat(depth + 1);
        String described = about.isEmpty() ? "" : in + "\"description\": " + quote(about) + ",\n";
        return switch (shape) {
            case Shape.Numeric number -> described(number, about, in) + number(number, in);
            case Shape.BoundedPower power -> described + block(Checker.POWER_BLOCK, depth);
            case Shape.Words words -> described + in + "\"enum\": " + strings(words.choices());
            case Shape.Name name -> described + in + "\"enum\": " + strings(name.names());
            case Shape.Text text ->
                    described
                            + in
                            + "\"type\": \"string\",\n"
                            + in
                            + "\"maxLength\": "
                            + text.max();
            case Shape.Flag flag -> described + in + "\"type\": \"boolean\"";
            case Shape.Moment moment ->
                    described + in + "\"type\": \"string\",\n" + in + "\"format\": \"date-time\"";
            case Shape.ListOf list ->
                    described
                            + in
                            + "\"type\": \"array\",\n"
                            + in
                            + "\"maxItems\": "
                            + list.max()
                            + ",\n"
                            + in
                            + "\"items\": "
                            + object(list.item(), "", depth + 1);
            case Shape.TableOf table ->
                    described
                            + in
                            + "\"type\": \"object\",\n"
                            + in
                            + "\"maxProperties\": "
                            + table.max()
                            + ",\n"
                            + in
                            + "\"additionalProperties\": "
                            + object(table.value(), "", depth + 1);
            case Shape.Either either -> described + in + "\"anyOf\": " + all(either, depth);
            case Shape.Block block -> described + block(block, depth);
        };
    }

    private static String object(Shape shape, String about, int depth) {
        return "{\n" + body(shape, about, depth) + "\n" + INDENT.repeat(depth) + "}";
    }

    private static String all(Shape.Either either, int depth) {
        return either.choices().stream()
                .map(choice -> object(choice, "", depth + 1))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String described(Shape.Numeric number, String about, String in) {
        String text = about.isEmpty() ? "" : about + "; ";
        return in + "\"description\": " + quote(text + NumberReader.allowed(number)) + ",\n";
    }

    private static String number(Shape.Numeric number, String in) {
        String type = number.whole() ? "integer" : "number";
        return "%s\"type\": [\"%s\", \"string\", \"object\"],\n%s\"minimum\": %s,\n%s\"maximum\": %s"
                .formatted(in, type, in, plain(number.min()), in, plain(number.max()));
    }

    private static String plain(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toString();
    }

    private static String block(Shape.Block block, int depth) {
        String in = INDENT.repeat(depth + 1);
        String properties =
                block.keys().stream()
                        .map(key -> property(key, depth + 1))
                        .collect(Collectors.joining(",\n"));
        List<String> required = block.keys().stream().filter(Key::required).map(Key::name).toList();
        return in
                + "\"type\": \"object\",\n"
                + (required.isEmpty() ? "" : in + "\"required\": " + strings(required) + ",\n")
                + in
                + "\"additionalProperties\": false,\n"
                + in
                + "\"properties\": {\n"
                + properties
                + "\n"
                + in
                + "}";
    }

    private static String property(Key key, int depth) {
        String about =
                key.about() + key.fallback().map(value -> " (default " + value + ")").orElse("");
        String in = INDENT.repeat(depth + 1);
        return in + quote(key.name()) + ": " + object(key.shape(), about, depth + 1);
    }

    private static String strings(List<String> texts) {
        return texts.stream().map(JsonSchema::quote).collect(Collectors.joining(", ", "[", "]"));
    }

    /**
     * Keys and descriptions are our own text: quotes and backslashes are all that needs escaping.
     */
    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
