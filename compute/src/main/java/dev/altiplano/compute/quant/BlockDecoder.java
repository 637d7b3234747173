package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/** Turns blocks of one format into floats: the scalar reference that judges every faster kernel. */
@FunctionalInterface
public interface BlockDecoder {
    /**
     * Decodes {@code weights} weights (whole blocks) from {@code offsetBytes} of {@code blocks}
     * into {@code target} from {@code targetIndex} on.
     */
    void decode(
            MemorySegment blocks, long offsetBytes, float[] target, int targetIndex, int weights);

    /** Decodes the one block at {@code at} into {@code target} from {@code first} on. */
    @FunctionalInterface
    interface OneBlock {
        void decode(MemorySegment block, long at, float[] target, int first);
    }

    /** A decoder that takes block after block, each by itself. */
    static BlockDecoder blockwise(int blockWeights, int blockBytes, OneBlock oneBlock) {
        return (blocks, offsetBytes, target, targetIndex, weights) -> {
            requireWholeBlocks(weights, blockWeights);
            for (int block = 0; block < weights / blockWeights; block++) {
                oneBlock.decode(
                        blocks,
                        offsetBytes + (long) block * blockBytes,
                        target,
                        targetIndex + block * blockWeights);
            }
        };
    }

    private static void requireWholeBlocks(int weights, int blockWeights) {
        if (weights < 0 || weights % blockWeights != 0) {
            throw new IllegalArgumentException(
                    "expected whole blocks of %d weights, found %d weights"
                            .formatted(blockWeights, weights));
        }
    }
}
