package dev.altiplano.planner.input;

import dev.altiplano.planner.file.DocumentReader;
import dev.altiplano.planner.file.Value;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Place;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts {@code --set key=value} in the place of what the file says. */
final class Overrides {
    private static final String FILE = "--set";
    private static final int DEPTH_MAX = 10;

    private Overrides() {}

    /** Whether what stands at {@code place} came from the command line. */
    static boolean holds(Place place) {
        return place.file().equals(FILE);
    }

    static Value.Mapping apply(Value.Mapping plan, List<String> overrides) {
        Value.Mapping result = plan;
        for (String override : overrides) {
            int equals = override.indexOf('=');
            List<String> path =
                    List.of(override.substring(0, Math.max(0, equals)).split("\\.", -1));
            if (equals < 1 || path.size() > DEPTH_MAX || path.contains("")) {
                throw new PlannerException(
                        Problem.of(ErrorCode.E005, "'" + override + "' is no override")
                                .at(new Place(FILE, 0, ""))
                                .allowing("key=value, as cluster.gpus=16384"));
            }
            String text = override.substring(equals + 1);
            Place place = new Place(FILE, 0, String.join(".", path));
            result = put(result, path, at(DocumentReader.read(FILE, text), place));
        }
        return result;
    }

    private static Value.Mapping put(Value.Mapping block, List<String> path, Value value) {
        Map<String, Value> entries = new LinkedHashMap<>(block.entries());
        String key = path.getFirst();
        if (path.size() == 1) {
            entries.put(key, value);
        } else {
            Value.Mapping inner =
                    entries.get(key) instanceof Value.Mapping nested
                            ? nested
                            : new Value.Mapping(Map.of(), block.place().child(key, 0));
            entries.put(key, put(inner, path.subList(1, path.size()), value));
        }
        return new Value.Mapping(Collections.unmodifiableMap(entries), block.place());
    }

    /** The value with places that name the override and its key. */
    private static Value at(Value value, Place place) {
        return switch (value) {
            case Value.Scalar scalar -> new Value.Scalar(scalar.text(), place);
            case Value.Nothing nothing -> new Value.Nothing(place);
            case Value.Sequence list ->
                    new Value.Sequence(
                            list.items().stream().map(item -> at(item, place)).toList(), place);
            case Value.Mapping mapping -> {
                Map<String, Value> entries = new LinkedHashMap<>();
                mapping.entries()
                        .forEach((key, item) -> entries.put(key, at(item, place.child(key, 0))));
                yield new Value.Mapping(Collections.unmodifiableMap(entries), place);
            }
        };
    }
}
