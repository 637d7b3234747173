package dev.altiplano.server.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of a JSON object in a request, asked for by name and type. A wrong type or range is a
 * 400 whose {@code param} is the JSON path. Null counts as absent. Remembers what was asked for, so
 * that the rest can be named as ignored.
 */
final class JsonFields {
    private final ObjectNode object;
    private final String path;
    private final Set<String> asked = new HashSet<>();
    private final List<JsonFields> children = new ArrayList<>();

    private JsonFields(ObjectNode object, String path) {
        this.object = object;
        this.path = path;
    }

    static JsonFields ofBody(ObjectNode body) {
        return new JsonFields(body, "");
    }

    /** The path of a member, as errors name it: {@code messages[2].content}. */
    String path(String name) {
        return path.isEmpty() ? name : path + '.' + name;
    }

    /** Paths of the members that nobody asked for, here and below. */
    List<String> ignored() {
        List<String> ignored = new ArrayList<>();
        for (String name : object.propertyNames()) {
            if (!asked.contains(name)) {
                ignored.add(path(name));
            }
        }
        children.forEach(child -> ignored.addAll(child.ignored()));
        return ignored;
    }

    /** The names of all members. */
    Collection<String> names() {
        return object.propertyNames();
    }

    /** The member as it is; absent when missing or null. */
    Optional<JsonNode> node(String name) {
        asked.add(name);
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    Optional<String> string(String name) {
        return node(name).map(node -> string(node, path(name)));
    }

    String requireString(String name) {
        return string(name).orElseThrow(() -> missing(name));
    }

    boolean bool(String name) {
        Optional<JsonNode> node = node(name);
        if (node.isPresent() && !node.get().isBoolean()) {
            throw wrongType(path(name), "true or false", node.get());
        }
        return node.isPresent() && node.get().booleanValue();
    }

    OptionalInt integer(String name, int min, int max) {
        Optional<JsonNode> node = node(name);
        return node.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) integer(node.get(), path(name), min, max));
    }

    OptionalLong integer64(String name) {
        Optional<JsonNode> node = node(name);
        return node.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(integer(node.get(), path(name), Long.MIN_VALUE, Long.MAX_VALUE));
    }

    OptionalDouble number(String name, double min, double max) {
        Optional<JsonNode> node = node(name);
        return node.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(number(node.get(), path(name), min, max));
    }

    Optional<JsonFields> object(String name) {
        return node(name).map(node -> object(node, path(name)));
    }

    /** The items of an array, each with its path; empty when the member is missing. */
    List<Item> array(String name, int max) {
        Optional<JsonNode> node = node(name);
        return node.isEmpty() ? List.of() : items(node.get(), path(name), max);
    }

    /** An item of an array and its path. */
    record Item(JsonNode node, String path) {}

    List<Item> items(JsonNode array, String arrayPath, int max) {
        if (!array.isArray()) {
            throw wrongType(arrayPath, "an array", array);
        }
        if (array.size() > max) {
            throw ApiException.invalidValue(
                    arrayPath,
                    "'%s' has %d items, at most %d are allowed."
                            .formatted(arrayPath, array.size(), max));
        }
        List<Item> items = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            items.add(new Item(array.get(i), arrayPath + '[' + i + ']'));
        }
        return items;
    }

    JsonFields object(JsonNode node, String nodePath) {
        if (!(node instanceof ObjectNode member)) {
            throw wrongType(nodePath, "an object", node);
        }
        JsonFields fields = new JsonFields(member, nodePath);
        children.add(fields);
        return fields;
    }

    ApiException missing(String name) {
        return ApiException.invalidValue(
                path(name), "'%s' is missing. Add it.".formatted(path(name)));
    }

    static String string(JsonNode node, String nodePath) {
        if (!node.isString()) {
            throw wrongType(nodePath, "a string", node);
        }
        String value = node.stringValue();
        if (hasLoneSurrogate(value)) {
            throw ApiException.invalidValue(
                    nodePath,
                    "'%s' has half of a surrogate pair, which is no text. Escape both halves."
                            .formatted(nodePath));
        }
        return value;
    }

    static long integer(JsonNode node, String nodePath, long min, long max) {
        if (!node.isIntegralNumber()) {
            throw wrongType(nodePath, "an integer", node);
        }
        if (!node.canConvertToLong() || node.longValue() < min || node.longValue() > max) {
            throw ApiException.invalidValue(
                    nodePath,
                    "'%s' is %s, expected an integer from %d to %d."
                            .formatted(nodePath, node.asString(), min, max));
        }
        return node.longValue();
    }

    static double number(JsonNode node, String nodePath, double min, double max) {
        if (!node.isNumber()) {
            throw wrongType(nodePath, "a number", node);
        }
        double value = node.doubleValue();
        if (!(value >= min && value <= max)) {
            throw ApiException.invalidValue(
                    nodePath,
                    "'%s' is %s, expected a number from %s to %s."
                            .formatted(nodePath, node.asString(), min, max));
        }
        return value;
    }

    static ApiException wrongType(String nodePath, String expected, JsonNode found) {
        return ApiException.invalidValue(
                nodePath, "'%s' must be %s, found %s.".formatted(nodePath, expected, kind(found)));
    }

    static String kind(@Nullable JsonNode node) {
        if (node == null || node.isMissingNode()) {
            return "nothing";
        }
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case NUMBER -> "the number " + node.asString();
            case STRING -> "a string";
            case BINARY, MISSING, OBJECT, POJO -> "an object";
        };
    }

    private static boolean hasLoneSurrogate(String value) {
        return value.codePoints()
                .anyMatch(
                        point ->
                                point >= Character.MIN_SURROGATE
                                        && point <= Character.MAX_SURROGATE);
    }
}
