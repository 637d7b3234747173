package dev.altiplano.model.fuzz;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.model.json.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Damages JSON that stays JSON: other types, absent keys, numbers that lie. */
final class JsonMutator {
    private static final List<String> STRANGERS =
            List.of(
                    "null",
                    "true",
                    "false",
                    "0",
                    "-1",
                    "1",
                    "2",
                    "3",
                    "1.5",
                    "1e400",
                    "-0.0",
                    "1e-400",
                    "2147483647",
                    "4294967296",
                    "9223372036854775807",
                    "9223372036854775808",
                    "\"\"",
                    "\"x\"",
                    "\"\\u0000\"",
                    "\"../x.safetensors\"",
                    "\"llama3\"",
                    "\"F16\"",
                    "[]",
                    "[1]",
                    "[[[[]]]]",
                    "{}",
                    "{\"type\":\"Sequence\"}");

    private final SplittableRandom random;
    private int untilChange;
    private Json donor = new Json.Null();

    JsonMutator(SplittableRandom random) {
        this.random = random;
    }

    /** Changes one value of a document; leaves bytes that are no JSON as they are. */
    byte[] change(byte[] document) {
        try {
            Json tree = Json.parse("document", document);
            int nodes = count(tree);
            donor = nodeAt(tree, random.nextInt(nodes));
            untilChange = random.nextInt(nodes);
            return rebuild(tree).toString().getBytes(StandardCharsets.UTF_8);
        } catch (ModelFormatException damagedBefore) {
            return document;
        }
    }

    /** Changes the header of a safetensors file; its length fits afterwards, mostly. */
    byte[] changeHeader(byte[] file) {
        int headerBytes =
                file.length < 8
                        ? -1
                        : ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (headerBytes < 0 || headerBytes > file.length - 8) {
            return file;
        }
        byte[] header = change(Arrays.copyOfRange(file, 8, 8 + headerBytes));
        byte[] data = Arrays.copyOfRange(file, 8 + headerBytes, file.length);
        long length = (long) header.length + (random.nextInt(8) == 0 ? random.nextInt(-9, 9) : 0);
        return ByteBuffer.allocate(8 + header.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(header)
                .put(data)
                .array();
    }

    private static int count(Json tree) {
        return switch (tree) {
            case Json.Obj object ->
                    1 + object.members().values().stream().mapToInt(JsonMutator::count).sum();
            case Json.Arr array -> 1 + array.items().stream().mapToInt(JsonMutator::count).sum();
            default -> 1;
        };
    }

    private static Json nodeAt(Json tree, int index) {
        int left = index;
        Iterable<Json> inner =
                switch (tree) {
                    case Json.Obj object -> object.members().values();
                    case Json.Arr array -> array.items();
                    default -> List.of();
                };
        if (left == 0) {
            return tree;
        }
        left--;
        for (Json child : inner) {
            int size = count(child);
            if (left < size) {
                return nodeAt(child, left);
            }
            left -= size;
        }
        return tree;
    }

    private Json rebuild(Json tree) {
        if (untilChange-- == 0) {
            return stranger(tree);
        }
        return switch (tree) {
            case Json.Obj object -> {
                Map<String, Json> members = new LinkedHashMap<>();
                for (Map.Entry<String, Json> member : object.members().entrySet()) {
                    boolean drops = untilChange == 0 && random.nextInt(4) == 0;
                    Json value = rebuild(member.getValue());
                    if (!drops) {
                        members.put(member.getKey(), value);
                    }
                }
                yield new Json.Obj(members);
            }
            case Json.Arr array -> {
                List<Json> items = new ArrayList<>();
                for (Json item : array.items()) {
                    boolean drops = untilChange == 0 && random.nextInt(4) == 0;
                    Json value = rebuild(item);
                    if (!drops) {
                        items.add(value);
                    }
                }
                yield new Json.Arr(items);
            }
            default -> tree;
        };
    }

    private Json stranger(Json old) {
        if (old instanceof Json.Num(String text) && random.nextInt(3) == 0) {
            return new Json.Num(text.startsWith("-") ? text.substring(1) : "-" + text);
        }
        return random.nextInt(3) == 0
                ? donor
                : Json.parse(STRANGERS.get(random.nextInt(STRANGERS.size())));
    }
}
