package dev.altiplano.compute.quant;

/**
 * How the weights of a tensor are stored: blocks of {@link #blockWeights} weights in {@link
 * #blockBytes} bytes, without padding.
 */
public enum TensorFormat {
    F32(0, 1, 4, FloatCodecs::decodeF32),
    F16(1, 1, 2, FloatCodecs::decodeF16),
    BF16(30, 1, 2, FloatCodecs::decodeBf16);

    private final int ggmlId;
    private final int blockWeights;
    private final int blockBytes;

    // A decoder is a function without state, though Error Prone cannot see that.
    @SuppressWarnings("ImmutableEnumChecker")
    private final BlockDecoder decoder;

    TensorFormat(int ggmlId, int blockWeights, int blockBytes, BlockDecoder decoder) {
        this.ggmlId = ggmlId;
        this.blockWeights = blockWeights;
        this.blockBytes = blockBytes;
        this.decoder = decoder;
    }

    /** The number of this format in GGUF files. */
    public int ggmlId() {
        return ggmlId;
    }

    public int blockWeights() {
        return blockWeights;
    }

    public int blockBytes() {
        return blockBytes;
    }

    public BlockDecoder decoder() {
        return decoder;
    }

    /** The bytes of {@code weights} weights, which are whole blocks. Throws if that overflows. */
    public long sizeBytes(long weights) {
        return Math.multiplyExact(weights / blockWeights, (long) blockBytes);
    }
}
