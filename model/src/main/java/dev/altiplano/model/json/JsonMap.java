package dev.altiplano.model.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object of a {@link JsonTape} as a map, in the order of the source. */
final class JsonMap extends AbstractMap<String, Json> {
    private final JsonTape tape;
    private final int object;
    private final int count;

    JsonMap(JsonTape tape, int object) {
        this.tape = tape;
        this.object = object;
        this.count = tape.get(object + 2);
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof String text && tape.find(object, text) >= 0;
    }

    @Override
    public @Nullable Json get(@Nullable Object key) {
        if (!(key instanceof String text)) {
            return null;
        }
        int position = tape.find(object, text);
        return position < 0 ? null : tape.value(position);
    }

    @Override
    public Set<Entry<String, Json>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return count;
            }

            @Override
            public Iterator<Entry<String, Json>> iterator() {
                return new Members();
            }
        };
    }

    private final class Members implements Iterator<Entry<String, Json>> {
        private int position = object + JsonTape.OBJECT_INTS;
        private int left = count;

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public Entry<String, Json> next() {
            if (left == 0) {
                throw new NoSuchElementException();
            }
            Entry<String, Json> member = tape.member(position);
            position = tape.next(position + 1);
            left--;
            return member;
        }
    }
}
