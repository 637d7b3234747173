package dev.altiplano.compute.x86;

/** A place in the code that jumps lead to; bound once by {@link Assembler#bind}. */
public final class Label {
    private static final int UNBOUND = -1;

    private int offset = UNBOUND;

    void bind(int offset) {
        if (this.offset != UNBOUND) {
            throw new IllegalStateException("a label marks one place only");
        }
        this.offset = offset;
    }

    int offset() {
        if (offset == UNBOUND) {
            throw new IllegalStateException("a jump leads to a label that was never bound");
        }
        return offset;
    }
}
