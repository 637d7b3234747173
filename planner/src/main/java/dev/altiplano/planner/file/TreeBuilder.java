package dev.altiplano.planner.file;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Place;
import dev.altiplano.planner.problem.PlannerException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/**
 * Builds the tree from the parser's events and keeps its bounds: depth, aliases, and the number of
 * values with every alias counted as often as it is used.
 */
final class TreeBuilder {
    private static final int DEPTH_MAX = 100;
    private static final int ALIASES_MAX = 100;
    private static final int VALUES_MAX = 1_000_000;
    private static final Set<String> NULLS = Set.of("", "null", "Null", "NULL", "~");

    /** An anchored value with the number of values in it. */
    private record Anchored(Value value, int values) {}

    private final String file;
    private final Iterator<Event> events;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private int aliases;
    private int values;

    TreeBuilder(String file, Iterator<Event> events) {
        this.file = file;
        this.events = events;
    }

    /** The only document; {@link Value.Nothing} for an empty file. */
    Value build() {
        Value root = new Value.Nothing(new Place(file, 1, ""));
        int documents = 0;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent) {
                documents++;
                Place place = new Place(file, line(event), "");
                if (documents > 1) {
                    throw refused("a second document begins; one is allowed", place);
                }
                Event first = events.next();
                root = value(first, new Place(file, line(first), ""), 0);
            }
        }
        return root;
    }

    private Value value(Event event, Place place, int depth) {
        if (depth > DEPTH_MAX) {
            throw refused("nested deeper than " + DEPTH_MAX + " levels", place);
        }
        count(1, place);
        int before = values;
        Value value =
                switch (event) {
                    case AliasEvent alias -> aliased(alias, place);
                    case ScalarEvent scalar -> scalar(scalar, place);
                    case SequenceStartEvent start -> sequence(start, place, depth);
                    case MappingStartEvent start -> mapping(start, place, depth);
                    default -> throw refused("unexpected " + event.getEventId(), place);
                };
        if (event instanceof NodeEvent node && !(event instanceof AliasEvent)) {
            node.getAnchor()
                    .ifPresent(name -> anchors.put(name, new Anchored(value, values - before + 1)));
        }
        return value;
    }

    private Value aliased(AliasEvent alias, Place place) {
        if (++aliases > ALIASES_MAX) {
            throw refused("more than " + ALIASES_MAX + " aliases", place);
        }
        Anchored target = alias.getAnchor().map(anchors::get).orElse(null);
        if (target == null) {
            throw refused("an alias names an anchor that is not above it", place);
        }
        count(target.values(), place);
        return target.value();
    }

    private void count(int more, Place place) {
        values += more;
        if (values > VALUES_MAX) {
            throw refused("more than " + VALUES_MAX + " values, aliases written out", place);
        }
    }

    private static Value scalar(ScalarEvent scalar, Place place) {
        refuseTag(scalar.getTag(), place);
        String text = scalar.getValue();
        boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
        return plain && NULLS.contains(text)
                ? new Value.Nothing(place)
                : new Value.Scalar(text, place);
    }

    private Value sequence(SequenceStartEvent start, Place place, int depth) {
        refuseTag(start.getTag(), place);
        List<Value> items = new ArrayList<>();
        for (Event event = events.next();
                event.getEventId() != Event.ID.SequenceEnd;
                event = events.next()) {
            Place item = new Place(file, line(event), place.key() + "[" + items.size() + "]");
            items.add(value(event, item, depth + 1));
        }
        return new Value.Sequence(items, place);
    }

    private Value mapping(MappingStartEvent start, Place place, int depth) {
        refuseTag(start.getTag(), place);
        Map<String, Value> entries = new LinkedHashMap<>();
        for (Event event = events.next();
                event.getEventId() != Event.ID.MappingEnd;
                event = events.next()) {
            String key = key(event, place);
            Place child = place.child(key, line(event));
            if (entries.containsKey(key)) {
                throw refused("key '" + key + "' stands twice", child);
            }
            entries.put(key, value(events.next(), child, depth + 1));
        }
        return new Value.Mapping(Collections.unmodifiableMap(entries), place);
    }

    private String key(Event event, Place parent) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getValue();
        }
        throw refused("a key must be a word", new Place(file, line(event), parent.key()));
    }

    private static void refuseTag(Optional<String> tag, Place place) {
        if (tag.isPresent() && !tag.get().equals("!")) {
            throw refused("tag " + tag.get() + " is not allowed in plan files", place);
        }
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private static PlannerException refused(String message, Place place) {
        return DocumentReader.refused(ErrorCode.E002, message, place);
    }
}
