package dev.altiplano.planner.step;

/**
 * What a Llama layer keeps for its backward pass, in bf16 with flash attention, as factors of the
 * width d and of the FFN width f: bytes per token {@code 2 (widths d + 2 k δ) + ffnBytes f}.
 */
public enum ActivationForm {
    /** Norm inputs, Q, K, V, attention output, gate and up; the rest is computed again in place. */
    LEAN(4, 4),
    /** Also the norms' outputs and the product of gate and up. */
    FUSED(6, 6),
    /** Also the activation of the gate, as eager frameworks keep it. */
    UNFUSED(6, 8);

    private final int widths;
    private final int ffnBytes;

    ActivationForm(int widths, int ffnBytes) {
        this.widths = widths;
        this.ffnBytes = ffnBytes;
    }

    /** Bytes that one token keeps in one layer, before division by tensor parallelism. */
    public double bytesPerToken(double hidden, double kvWidth, double ffnRows) {
        return 2 * (widths * hidden + 2 * kvWidth) + ffnBytes * ffnRows;
    }
}
