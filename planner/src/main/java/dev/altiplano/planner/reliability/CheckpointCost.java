package dev.altiplano.planner.reliability;

/**
 * What one checkpoint weighs and how long it moves.
 *
 * @param parameters of the model
 * @param bytesPerParameter 14 for bf16 weights, fp32 master and two fp32 moments
 * @param storageBytesPerSecond sustained, for all writers together
 * @param distinctShards GPUs that hold a different part each
 */
public record CheckpointCost(
        double parameters,
        double bytesPerParameter,
        double storageBytesPerSecond,
        double distinctShards) {
    /** bf16 weight 2, fp32 master 4, moments 8. */
    public static final double ADAM_BYTES_PER_PARAMETER = 14;

    /** Reading back is slower than the rated stream: every replica reads (specification, §9). */
    public static final double LOAD_FACTOR = 1.5;

    public double bytes() {
        return parameters * bytesPerParameter;
    }

    public double bytesPerGpu() {
        return bytes() / distinctShards;
    }

    /** Of the write itself: the stall is this long only if the write is synchronous. */
    public double writeSeconds() {
        return bytes() / storageBytesPerSecond;
    }

    public double loadSeconds() {
        return writeSeconds() * LOAD_FACTOR;
    }

    /** Copy of one GPU's state from a peer: {@code bytes 8 / (bits/s)}. */
    public double peerCopySeconds(double linkBitsPerSecond) {
        return bytesPerGpu() * 8 / linkBitsPerSecond;
    }
}
