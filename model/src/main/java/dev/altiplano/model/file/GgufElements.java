package dev.altiplano.model.file;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a metadata array, decoded when they are asked for: the 200,000 tokens of a
 * vocabulary stay in the mapped file.
 */
final class GgufElements extends AbstractList<GgufValue> {
    /** An index remembers the place of one element in so many. */
    private static final int STRIDE = 32;

    private final GgufDecoder decoder;
    private final GgufType type;
    private final int count;
    private final long start;
    private volatile long @Nullable [] everyStride;

    GgufElements(GgufDecoder decoder, GgufType type, int count, long start) {
        this.decoder = decoder;
        this.type = type;
        this.count = count;
        this.start = start;
    }

    GgufType type() {
        return type;
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public GgufValue get(int index) {
        Objects.checkIndex(index, count);
        return decoder.file().reading(() -> decoder.value(type, place(index)));
    }

    /** Where element {@code index} begins. */
    long place(int index) {
        if (type.hasFixedSize()) {
            return start + (long) index * type.sizeBytes();
        }
        long[] places = everyStride;
        if (places == null) {
            places = index();
            everyStride = places;
        }
        long at = places[index / STRIDE];
        for (int skip = index % STRIDE; skip > 0; skip--) {
            at = decoder.next(type, at);
        }
        return at;
    }

    private long[] index() {
        long[] places = new long[count / STRIDE + 1];
        long at = start;
        for (int i = 0; i < count; i++) {
            if (i % STRIDE == 0) {
                places[i / STRIDE] = at;
            }
            at = decoder.next(type, at);
        }
        return places;
    }

    /** Where the last element ends. */
    long end() {
        if (type.hasFixedSize()) {
            return start + (long) count * type.sizeBytes();
        }
        long at = start;
        for (int i = 0; i < count; i++) {
            at = decoder.next(type, at);
        }
        return at;
    }

    @Override
    public Iterator<GgufValue> iterator() {
        return new Iterator<>() {
            private long at = start;
            private int left = count;

            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public GgufValue next() {
                if (left == 0) {
                    throw new NoSuchElementException();
                }
                left--;
                return decoder.file().reading(this::decode);
            }

            private GgufValue decode() {
                GgufValue value = decoder.value(type, at);
                at = decoder.next(type, at);
                return value;
            }
        };
    }

    /** The same elements as strings; the type must be {@link GgufType#STRING}. */
    List<String> strings() {
        return new MappedList<>(this, GgufValue::toString);
    }

    long[] wholes() {
        return decoder.file()
                .reading(
                        () -> {
                            long[] values = new long[count];
                            for (int i = 0; i < count; i++) {
                                values[i] = decoder.whole(type, place(i));
                            }
                            return values;
                        });
    }

    float[] reals() {
        return decoder.file()
                .reading(
                        () -> {
                            float[] values = new float[count];
                            for (int i = 0; i < count; i++) {
                                values[i] = (float) decoder.real(type, place(i));
                            }
                            return values;
                        });
    }
}
