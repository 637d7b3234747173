package dev.altiplano.cli;

import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.GgufValue;
import dev.altiplano.model.file.ModelFile;
import dev.altiplano.model.file.SafetensorsFile;
import dev.altiplano.model.file.SafetensorsFolder;
import dev.altiplano.model.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model file says of itself, whatever its kind: GGUF metadata, the {@code __metadata__} of
 * safetensors, or {@code config.json}. Values are plain Java, as JSON holds them.
 */
record ModelFacts(String format, List<Fact> facts) {
    /** Longer arrays are shown by their length and their first elements. */
    private static final int ARRAY_ITEMS_MAX = 64;

    private static final int ITEMS_SHOWN = 8;

    /** A key with its type, as the file names it, and its value. */
    record Fact(String key, String type, Object value) {}

    /** The beginning of an array of {@code count} elements. */
    record LongArray(String type, int count, List<Object> first) {
        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("type", type);
            map.put("count", count);
            map.put("first", first);
            return map;
        }
    }

    static ModelFacts of(ModelFile file) {
        return switch (file) {
            case GgufFile gguf -> of(gguf);
            case SafetensorsFile single -> {
                List<Fact> facts = new ArrayList<>();
                single.metadata()
                        .forEach((key, value) -> facts.add(new Fact(key, "string", value)));
                yield new ModelFacts("safetensors", facts);
            }
            case SafetensorsFolder folder -> new ModelFacts("safetensors folder", config(folder));
        };
    }

    private static ModelFacts of(GgufFile gguf) {
        List<Fact> facts = new ArrayList<>();
        for (String key : gguf.metadata().keys()) {
            GgufValue value = gguf.metadata().find(key).orElseThrow();
            facts.add(new Fact(key, typeOf(value), plain(value)));
        }
        return new ModelFacts("GGUF v" + gguf.version(), facts);
    }

    private static String typeOf(GgufValue value) {
        return value instanceof GgufValue.Array array
                ? "%s[%d]".formatted(array.elementType(), array.items().size())
                : value.type().toString();
    }

    private static Object plain(GgufValue value) {
        return switch (value) {
            case GgufValue.Whole whole -> new Json.Num(whole.toString());
            case GgufValue.Real real ->
                    Double.isFinite(real.value()) ? new Json.Num(real.toString()) : real.toString();
            case GgufValue.Bool bool -> bool.value();
            case GgufValue.Text text -> text.value();
            case GgufValue.Array array -> plain(array);
        };
    }

    private static Object plain(GgufValue.Array array) {
        int count = array.items().size();
        boolean whole = count <= ARRAY_ITEMS_MAX;
        List<Object> items =
                array.items().stream()
                        .limit(whole ? count : ITEMS_SHOWN)
                        .map(ModelFacts::plain)
                        .toList();
        return whole ? items : new LongArray(array.elementType().toString(), count, items);
    }

    private static List<Fact> config(SafetensorsFolder folder) {
        List<Fact> facts = new ArrayList<>();
        if (folder.file("config.json").isPresent()) {
            folder.config()
                    .members()
                    .forEach((key, value) -> facts.add(new Fact(key, typeOf(value), value)));
        }
        return facts;
    }

    private static String typeOf(Json value) {
        return switch (value) {
            case Json.Obj object -> "object";
            case Json.Arr array -> "array[%d]".formatted(array.items().size());
            case Json.Str string -> "string";
            case Json.Num number -> "number";
            case Json.Bool bool -> "bool";
            case Json.Null none -> "null";
        };
    }
}
