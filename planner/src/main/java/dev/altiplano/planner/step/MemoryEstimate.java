package dev.altiplano.planner.step;

/**
 * Memory of one rank at its peak. The parts are sums of what is known to be kept; the estimate adds
 * what allocator, communication buffers and context take: {@code 1.08 x sum + 3 GiB}, fitted on the
 * eight torchtitan rows of December 2024. Measured over estimated was 0.95 to 1.15 on them.
 *
 * @param states weights, gradients, optimizer
 * @param activationBytes kept for the backward pass
 * @param workingBytes the larger of one layer's gradients and the logits
 */
public record MemoryEstimate(StateBytes states, double activationBytes, double workingBytes) {
    public static final double GIB = 1L << 30;

    /** Fitted. */
    public static final double FACTOR = 1.08;

    /** Fitted. */
    public static final double FIXED_BYTES = 3 * GIB;

    public static final double LOW = 0.95;
    public static final double HIGH = 1.15;

    /** The 90 % point of a triangle from LOW over 1 to HIGH, as the eight rows' own (1.09). */
    public static final double P90 = HIGH - Math.sqrt(0.1 * (HIGH - LOW) * (HIGH - 1));

    /** Sum of the parts, without overhead. */
    public double sumBytes() {
        return states.sum() + activationBytes + workingBytes;
    }

    public double likelyBytes() {
        return FACTOR * sumBytes() + FIXED_BYTES;
    }

    public double lowBytes() {
        return LOW * likelyBytes();
    }

    public double highBytes() {
        return HIGH * likelyBytes();
    }

    /** What must fit: nine in ten such runs need no more. */
    public double p90Bytes() {
        return P90 * likelyBytes();
    }

    public boolean fits(double usableBytes) {
        return p90Bytes() <= usableBytes;
    }
}
