package dev.altiplano.model.file;

import java.util.List;

/** A value of GGUF metadata. */
public sealed interface GgufValue {
    /** What it is stored as. */
    GgufType type();

    static GgufValue text(String value) {
        return new Text(value);
    }

    /** Throws {@link IllegalArgumentException} outside 0 to 2^32 - 1. */
    static GgufValue uint32(long value) {
        if (value < 0 || value > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("expected 0 to 2^32 - 1, found " + value);
        }
        return new Whole(GgufType.UINT32, value);
    }

    static GgufValue float32(double value) {
        return new Real(GgufType.FLOAT32, value);
    }

    static GgufValue bool(boolean value) {
        return new Bool(value);
    }

    /** An array of {@code STRING}, which reads {@code values} when it is read. */
    static GgufValue strings(List<String> values) {
        return new Array(GgufType.STRING, new MappedList<>(values, Text::new));
    }

    /** An array of {@code INT32}, which reads {@code values} when it is read. */
    static GgufValue int32s(List<Integer> values) {
        return new Array(
                GgufType.INT32,
                new MappedList<>(values, value -> new Whole(GgufType.INT32, value)));
    }

    /** An array of {@code FLOAT32}, which reads {@code values} when it is read. */
    static GgufValue float32s(List<Float> values) {
        return new Array(
                GgufType.FLOAT32,
                new MappedList<>(values, value -> new Real(GgufType.FLOAT32, value)));
    }

    /**
     * A whole number. {@code value} of a {@code UINT64} above {@link Long#MAX_VALUE} is negative:
     * read it with {@link Long#toUnsignedString(long)}.
     */
    record Whole(GgufType type, long value) implements GgufValue {
        @Override
        public String toString() {
            return type == GgufType.UINT64 ? Long.toUnsignedString(value) : Long.toString(value);
        }
    }

    /** A {@code FLOAT32} or {@code FLOAT64}. */
    record Real(GgufType type, double value) implements GgufValue {
        @Override
        public String toString() {
            return type == GgufType.FLOAT32
                    ? Float.toString((float) value)
                    : Double.toString(value);
        }
    }

    record Bool(boolean value) implements GgufValue {
        @Override
        public GgufType type() {
            return GgufType.BOOL;
        }

        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    record Text(String value) implements GgufValue {
        @Override
        public GgufType type() {
            return GgufType.STRING;
        }

        @Override
        public String toString() {
            return value;
        }
    }

    /**
     * Values of one type. Those read from a file are decoded when they are asked for: read a long
     * list with an iterator.
     */
    record Array(GgufType elementType, List<GgufValue> items) implements GgufValue {
        @Override
        public GgufType type() {
            return GgufType.ARRAY;
        }
    }
}
