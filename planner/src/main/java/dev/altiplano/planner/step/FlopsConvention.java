package dev.altiplano.planner.step;

/** What "model FLOPs" counts. There is no single definition, so a figure always carries its own. */
public enum FlopsConvention {
    /** Matmuls of the active parameters without the input embedding, no attention scores. */
    NO_ATTENTION("6 (N_a - V d)"),
    /** The same and half of the scores, as a causal mask needs them. */
    CAUSAL("6 (N_a - V d) + 12 h δ keys, causal"),
    /** The same and all of the scores (Korthikanti et al., torchtitan). */
    FULL("6 (N_a - V d) + 12 h δ keys, full"),
    /** Six per active parameter, vocabulary matrices included (Llama 3, model cards). */
    SIX_ND("6 N D"),
    /** The closed form for GPT with all of the scores (Narayanan 2021). */
    GPT_FULL("72 L d² (1 + s/6d + V/12Ld)"),
    /** The same with half of the scores (MegaScale's own rows). */
    GPT_CAUSAL("72 L d² (1 + s/12d + V/12Ld)");

    private final String label;

    FlopsConvention(String label) {
        this.label = label;
    }

    /** The formula per token, for people. */
    public String label() {
        return label;
    }
}
