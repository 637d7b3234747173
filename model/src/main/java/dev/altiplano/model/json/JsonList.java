package dev.altiplano.model.json;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An array of a {@link JsonTape} as a list. */
final class JsonList extends AbstractList<Json> {
    /** An index remembers the place of one item in so many. */
    private static final int STRIDE = 16;

    private final JsonTape tape;
    private final int first;
    private final int count;
    private final boolean onlyScalars;
    private volatile int @Nullable [] everyStride;

    JsonList(JsonTape tape, int array) {
        this.tape = tape;
        this.first = array + JsonTape.ARRAY_INTS;
        this.count = tape.get(array + 2);
        this.onlyScalars = tape.get(array + 1) - first == count;
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public Json get(int index) {
        Objects.checkIndex(index, count);
        if (onlyScalars) {
            return tape.value(first + index);
        }
        int[] places = everyStride;
        if (places == null) {
            places = index();
            everyStride = places;
        }
        int position = places[index / STRIDE];
        for (int skip = index % STRIDE; skip > 0; skip--) {
            position = tape.next(position);
        }
        return tape.value(position);
    }

    private int[] index() {
        int[] places = new int[count / STRIDE + 1];
        int position = first;
        for (int i = 0; i < count; i++) {
            if (i % STRIDE == 0) {
                places[i / STRIDE] = position;
            }
            position = tape.next(position);
        }
        return places;
    }

    @Override
    public Iterator<Json> iterator() {
        return new Iterator<>() {
            private int position = first;
            private int left = count;

            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public Json next() {
                if (left == 0) {
                    throw new NoSuchElementException();
                }
                Json item = tape.value(position);
                position = tape.next(position);
                left--;
                return item;
            }
        };
    }
}
