package dev.altiplano.planner.step;

import dev.altiplano.planner.quantity.Checks;

/**
 * The shape of a decoder, and its parameter counts (spec of the planner, section 5).
 *
 * @param layers L
 * @param hidden width d
 * @param ffn width f of a layer without experts
 * @param heads query heads h
 * @param kvHeads key and value heads k
 * @param headDim head size δ
 * @param vocab V
 * @param tied whether input embedding and output head are one matrix
 * @param ffnMatrices 3 for a gated FFN (SwiGLU), 2 for GELU
 * @param moe experts, or {@link MoeShape#NONE}
 * @param attention which keys a query sees
 * @param extraParameters parameters outside the decoder, as a vision encoder and its projector
 */
public record ModelShape(
        int layers,
        int hidden,
        int ffn,
        int heads,
        int kvHeads,
        int headDim,
        int vocab,
        boolean tied,
        int ffnMatrices,
        MoeShape moe,
        AttentionPattern attention,
        long extraParameters) {

    public ModelShape {
        Checks.range("layers", layers, 1, 10_000);
        Checks.range("hidden", hidden, 1, 1 << 24);
        Checks.range("ffn", ffn, 0, 1 << 26);
        Checks.range("heads", heads, 1, 1 << 16);
        Checks.range("kv heads", kvHeads, 1, heads);
        Checks.range("head size", headDim, 1, 1 << 16);
        Checks.range("vocab", vocab, 1, 1 << 26);
        Checks.range("matrices of an FFN", ffnMatrices, 2, 3);
        Checks.range("extra parameters", extraParameters, 0, Long.MAX_VALUE / 4);
    }

    /** A dense model with a gated FFN and an output head of its own: Llama 2 and 3. */
    public static ModelShape dense(
            int layers, int hidden, int ffn, int heads, int kvHeads, int vocab) {
        return new ModelShape(
                layers,
                hidden,
                ffn,
                heads,
                kvHeads,
                hidden / heads,
                vocab,
                false,
                3,
                MoeShape.NONE,
                AttentionPattern.FULL,
                0);
    }

    public boolean isMoe() {
        return moe.experts() > 0;
    }

    public int moeLayers() {
        return moe.layers(layers);
    }

    /** Query, key, value and output projection of one layer: {@code 2 d h δ + 2 d k δ}. */
    public double attentionParameters() {
        return 2.0 * hidden * headDim * (heads + kvHeads);
    }

    /** One routed or shared expert: {@code 3 d f_e}. */
    public double expertParameters() {
        return (double) ffnMatrices * hidden * moe.ffnExpert();
    }

    /** One vocabulary matrix: {@code V d}. */
    public double embeddingParameters() {
        return (double) vocab * hidden;
    }

    /** Every parameter, experts and extras included. */
    public double parameters() {
        return decoderParameters(moe.experts()) + extraParameters;
    }

    /** Parameters that one token of text passes through, N_a; both vocabulary matrices count. */
    public double activeParameters() {
        return decoderParameters(moe.topK());
    }

    /** The routed experts: the part that expert parallelism divides. */
    public double routedParameters() {
        return (double) moeLayers() * moe.experts() * expertParameters();
    }

    /** All but the routed experts: the part that every data-parallel rank holds. */
    public double sharedParameters() {
        return parameters() - routedParameters();
    }

    /** Parameters that one token multiplies with; an embedding row is only looked up. */
    public double matmulParameters() {
        return activeParameters() - (tied ? 0 : embeddingParameters());
    }

    /**
     * Layers of a stage. Where {@code L}, {@code L+1} or {@code L+2} divides, the vocabulary fills
     * the gap and the mean holds; elsewhere the fullest stage sets the pace.
     */
    public double layersPerStage(int pp) {
        boolean even = layers % pp == 0 || (layers + 1) % pp == 0 || (layers + 2) % pp == 0;
        return even ? (double) layers / pp : Math.ceilDiv(layers, pp);
    }

    private double decoderParameters(int countedExperts) {
        double perLayer = attentionParameters() + 2.0 * hidden;
        double dense = (double) ffnMatrices * hidden * ffn;
        double sparse =
                (double) hidden * moe.experts()
                        + (countedExperts + moe.shared()) * expertParameters();
        return layers * perLayer
                + (layers - moeLayers()) * dense
                + moeLayers() * sparse
                + (tied ? 1 : 2) * embeddingParameters()
                + hidden;
    }
}
