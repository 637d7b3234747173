package dev.altiplano.compute.x86;

/** When a conditional jump is taken, after {@code cmp a, b} or the like. */
public enum Condition {
    /** a &lt; b, unsigned. */
    BELOW(0x2),
    /** a ≥ b, unsigned. */
    ABOVE_OR_EQUAL(0x3),
    EQUAL(0x4),
    NOT_EQUAL(0x5),
    /** a &lt; b, signed. */
    LESS(0xC),
    /** a ≥ b, signed. */
    GREATER_OR_EQUAL(0xD),
    /** a ≤ b, signed. */
    LESS_OR_EQUAL(0xE),
    /** a &gt; b, signed. */
    GREATER(0xF);

    private final int code;

    Condition(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
