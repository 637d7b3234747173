package dev.altiplano.model.file;

import java.util.Optional;

/** The types of GGUF metadata. Source: ggml, {@code gguf_type}. */
public enum GgufType {
    UINT8(0, 1),
    INT8(1, 1),
    UINT16(2, 2),
    INT16(3, 2),
    UINT32(4, 4),
    INT32(5, 4),
    FLOAT32(6, 4),
    BOOL(7, 1),
    /** A u64 length and UTF-8. */
    STRING(8, 0),
    /** A u32 element type, a u64 count and the elements. */
    ARRAY(9, 0),
    UINT64(10, 8),
    INT64(11, 8),
    FLOAT64(12, 8);

    private final int id;
    private final int sizeBytes;

    GgufType(int id, int sizeBytes) {
        this.id = id;
        this.sizeBytes = sizeBytes;
    }

    static Optional<GgufType> of(int id) {
        // The numbers run from 0 without a gap, as the constants do.
        return id >= 0 && id < values().length ? Optional.of(values()[id]) : Optional.empty();
    }

    /** The number of this type in files. */
    public int id() {
        return id;
    }

    /** True if every value has the same size. */
    boolean hasFixedSize() {
        return sizeBytes > 0;
    }

    /** The bytes of a value; 0 for strings and arrays, whose size differs. */
    int sizeBytes() {
        return sizeBytes;
    }

    /** The least bytes that a value takes, so that a count can be checked before it is believed. */
    int sizeBytesMin() {
        return switch (this) {
            case STRING -> 8;
            case ARRAY -> 12;
            default -> sizeBytes;
        };
    }

    boolean isInteger() {
        return switch (this) {
            case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 -> true;
            case FLOAT32, FLOAT64, BOOL, STRING, ARRAY -> false;
        };
    }
}
