package dev.altiplano.compute.quant;

import java.util.Locale;

/** How keys and values lie in the KV cache. */
public enum KvType {
    /** As they were computed: exact, four bytes a value. */
    F32(Float.BYTES, 0),
    /** binary16, the default: what does not fit in its range becomes its largest number. */
    F16(Short.BYTES, 0),
    /** Eight bits, and a binary16 scale for each 32 values of a head, as in {@code Q8_0}. */
    Q8_0(Byte.BYTES, Short.BYTES);

    public static final KvType DEFAULT = F16;

    private final int valueBytes;
    private final int scaleBytes;

    KvType(int valueBytes, int scaleBytes) {
        this.valueBytes = valueBytes;
        this.scaleBytes = scaleBytes;
    }

    /** Bytes of one value, without its share of a scale. */
    public int valueBytes() {
        return valueBytes;
    }

    /** Bytes of the scale of a group of values; 0 if there are no scales. */
    int scaleBytes() {
        return scaleBytes;
    }

    public boolean hasScales() {
        return scaleBytes > 0;
    }

    /** The lower-case name, as flags and reports spell it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
