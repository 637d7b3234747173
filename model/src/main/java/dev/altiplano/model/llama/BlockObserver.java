package dev.altiplano.model.llama;

/** Looks at the residual stream on its way through the model, to compare engines block by block. */
@FunctionalInterface
public interface BlockObserver {
    /** Looks at nothing. */
    BlockObserver NONE = (block, hidden, tokens, width) -> {};

    /**
     * Called once for each block, and once after the last.
     *
     * @param block 0 to layers - 1: what enters that block, for all tokens of the batch; layers:
     *     what the final norm gives, for the tokens that asked for logits
     * @param hidden [tokens, width] from index 0 on; borrowed for the call
     */
    void observe(int block, float[] hidden, int tokens, int width);
}
