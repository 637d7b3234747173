package dev.altiplano.planner.file;

import dev.altiplano.planner.problem.Place;
import java.util.List;
import java.util.Map;

/** One value of a document, with the place where it stands. */
public sealed interface Value {
    Place place();

    /** What people call this kind of value. */
    String kind();

    /** A number, word or text as written, without quotes; what it means is up to the key. */
    record Scalar(String text, Place place) implements Value {
        private static final int SHOWN_CHARS = 60;

        /** The text itself, or how it begins. */
        @Override
        public String kind() {
            return text.length() > SHOWN_CHARS
                    ? "'" + text.substring(0, SHOWN_CHARS) + "…'"
                    : "'" + text + "'";
        }
    }

    /** {@code null}, {@code ~} or nothing at all. */
    record Nothing(Place place) implements Value {
        @Override
        public String kind() {
            return "nothing";
        }
    }

    record Sequence(List<Value> items, Place place) implements Value {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Keys in the order of the file. */
    record Mapping(Map<String, Value> entries, Place place) implements Value {
        @Override
        public String kind() {
            return "a block of keys";
        }
    }
}
