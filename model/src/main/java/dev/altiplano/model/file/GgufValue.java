package dev.altiplano.model.file;

import java.util.List;

/** A value of GGUF metadata. */
public sealed interface GgufValue {
    /** What it is stored as. */
    GgufType type();

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
