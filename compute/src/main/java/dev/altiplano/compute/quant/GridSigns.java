package dev.altiplano.compute.quant;

/** The signs of eight weights as bits; a set bit is minus, the lowest bit is the first weight. */
final class GridSigns {
    private GridSigns() {}

    /**
     * Eight signs from seven bits: the number of minus signs is even. Source: ggml, {@code
     * ksigns_iq2xs}.
     */
    static int ofSeven(int bits) {
        return bits | (Integer.bitCount(bits) & 1) << 7;
    }

    static int sign(int signs, int index) {
        return (signs >> index & 1) == 0 ? 1 : -1;
    }
}
