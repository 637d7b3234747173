package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * Turns floats into blocks of one format.
 *
 * <p>F16, BF16, F32 and F64 take any float. A block of scaled weights has no place for an infinity
 * or a NaN, and its scale is mostly a binary16, so there a float must be finite and at most {@link
 * #WEIGHT_MAX} in magnitude; others are refused.
 */
@FunctionalInterface
public interface BlockEncoder {
    /** The largest magnitude of a weight in a block: the largest binary16. */
    float WEIGHT_MAX = 65504;

    /**
     * Encodes {@code weights} floats (whole blocks) of {@code source} from {@code sourceIndex} on
     * into {@code blocks} from {@code offsetBytes} on. Throws {@link IllegalArgumentException} if a
     * weight has no place in this format; what is written by then is unspecified.
     */
    void encode(
            float[] source, int sourceIndex, MemorySegment blocks, long offsetBytes, int weights);

    /**
     * Encodes the floats of {@code source} from {@code first} on into the one block at {@code at}.
     */
    @FunctionalInterface
    interface OneBlock {
        void encode(float[] source, int first, MemorySegment block, long at);
    }

    /** An encoder that makes block after block, each by itself. */
    static BlockEncoder blockwise(int blockWeights, int blockBytes, OneBlock oneBlock) {
        return (source, sourceIndex, blocks, offsetBytes, weights) -> {
            if (weights < 0 || weights % blockWeights != 0) {
                throw new IllegalArgumentException(
                        "expected whole blocks of %d weights, found %d weights"
                                .formatted(blockWeights, weights));
            }
            requireEncodable(source, sourceIndex, weights);
            for (int block = 0; block < weights / blockWeights; block++) {
                oneBlock.encode(
                        source,
                        sourceIndex + block * blockWeights,
                        blocks,
                        offsetBytes + (long) block * blockBytes);
            }
        };
    }

    private static void requireEncodable(float[] source, int first, int count) {
        for (int i = first; i < first + count; i++) {
            if (!(Math.abs(source[i]) <= WEIGHT_MAX)) {
                throw new IllegalArgumentException(
                        "weight %d: expected a magnitude of at most %.0f, found %s"
                                .formatted(i, WEIGHT_MAX, source[i]));
            }
        }
    }
}
