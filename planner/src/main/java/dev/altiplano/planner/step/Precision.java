package dev.altiplano.planner.step;

import dev.altiplano.planner.quantity.Checks;

/**
 * Bytes that one parameter takes in each role.
 *
 * @param computeBytes the weight as the matmuls read it and as it is gathered
 * @param weightBytes the weight as it is kept; with {@code masterBytes} 0 it is the only copy
 * @param gradientBytes the gradient, kept and reduced
 * @param masterBytes a second, wider copy of the weight, 0 for none
 * @param momentBytes both Adam or LAMB moments, 0 for SGD without momentum
 */
public record Precision(
        double computeBytes,
        double weightBytes,
        double gradientBytes,
        double masterBytes,
        double momentBytes) {
    /** bf16 weights and fp32 gradients, master copy and moments: 18 bytes a parameter. */
    public static final Precision MIXED = new Precision(2, 2, 4, 4, 8);

    /** The same with bf16 gradients: 16 bytes a parameter. */
    public static final Precision MIXED_BF16_GRADIENTS = new Precision(2, 2, 2, 4, 8);

    /** fp32 weights as the only copy, gathered as bf16, as torchtitan: 16 bytes a parameter. */
    public static final Precision FP32_WEIGHTS = new Precision(2, 4, 4, 0, 8);

    /** SGD without momentum and a master copy: 10 bytes. */
    public static final Precision SGD_WITH_MASTER = new Precision(2, 2, 4, 4, 0);

    public Precision {
        Checks.positive("compute bytes", computeBytes);
        Checks.positive("weight bytes", weightBytes);
        Checks.positive("gradient bytes", gradientBytes);
        Checks.notNegative("master bytes", masterBytes);
        Checks.notNegative("moment bytes", momentBytes);
    }

    /** All states of one parameter, nothing sharded. */
    public double bytesPerParameter() {
        return weightBytes + gradientBytes + masterBytes + momentBytes;
    }

    /** What the optimizer reads and writes for one parameter; 32 for mixed-precision Adam. */
    public double optimizerTrafficBytes() {
        double weight = masterBytes > 0 ? masterBytes : weightBytes;
        return 2 * (gradientBytes + weight + momentBytes);
    }
}
