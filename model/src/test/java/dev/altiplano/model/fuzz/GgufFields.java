package dev.altiplano.model.fuzz;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a GGUF file keeps its counts, lengths, types, dimensions, offsets and values: a walk that
 * believes everything, and ends where it leads out of the file.
 */
final class GgufFields {
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    private static final int ELEMENTS_MAX = 8;
    private static final int[] SIZES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

    private final ByteBuffer bytes;
    private final List<Field> fields = new ArrayList<>();

    /** A number of {@code sizeBytes}, 4 or 8. */
    record Field(int offset, int sizeBytes) {}

    private GgufFields(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static Field[] of(byte[] bytes) {
        GgufFields walk = new GgufFields(bytes);
        try {
            walk.head();
        } catch (BufferUnderflowException | IllegalArgumentException damaged) {
            // The fields up to here are what there is.
            return walk.fields.toArray(Field[]::new);
        }
        return walk.fields.toArray(Field[]::new);
    }

    private void head() {
        u32();
        u32();
        long tensors = u64();
        long keys = u64();
        for (long i = 0; i < keys; i++) {
            string();
            value(u32(), 0);
        }
        for (long i = 0; i < tensors; i++) {
            string();
            for (int dimensions = u32(); dimensions > 0; dimensions--) {
                u64();
            }
            u32();
            u64();
        }
    }

    private void value(int type, int depth) {
        if (type < 0 || type >= SIZES.length || depth > 4) {
            throw new IllegalArgumentException();
        }
        switch (type) {
            case STRING -> string();
            case ARRAY -> {
                int element = u32();
                long count = u64();
                List<Field> before = List.copyOf(fields);
                for (long i = 0; i < count; i++) {
                    value(element, depth + 1);
                }
                thinOut(before);
            }
            default -> {
                int offset = bytes.position();
                skip(SIZES[type]);
                if (SIZES[type] == Integer.BYTES || SIZES[type] == Long.BYTES) {
                    fields.add(new Field(offset, SIZES[type]));
                }
            }
        }
    }

    /** Of a long array a few elements are enough, or they would hide all other fields. */
    private void thinOut(List<Field> before) {
        List<Field> elements = List.copyOf(fields.subList(before.size(), fields.size()));
        fields.clear();
        fields.addAll(before);
        int step = Math.max(1, elements.size() / ELEMENTS_MAX);
        for (int i = 0; i < elements.size(); i += step) {
            fields.add(elements.get(i));
        }
    }

    private void string() {
        skip(u64());
    }

    private void skip(long count) {
        bytes.position(
                Math.toIntExact(Math.clamp(bytes.position() + count, -1, Integer.MAX_VALUE)));
    }

    private int u32() {
        int value = bytes.getInt();
        fields.add(new Field(bytes.position() - Integer.BYTES, Integer.BYTES));
        return value;
    }

    private long u64() {
        long value = bytes.getLong();
        fields.add(new Field(bytes.position() - Long.BYTES, Long.BYTES));
        return value;
    }
}
