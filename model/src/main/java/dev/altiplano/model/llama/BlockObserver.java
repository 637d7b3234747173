package dev.altiplano.model.llama;

/** Looks at the residual stream on its way through the model, to compare engines block by block. */
@FunctionalInterface
public interface BlockObserver {
    /** Looks at nothing. */
    BlockObserver NONE = (block, hidden, tokens, width) -> {};

    /**
     * Called before each block, after the last one and after the final norm.
     *
     * @param block 0 to layers - 1: what enters that block, which is what the one before gave;
     *     layers: what the last block gave; layers + 1: what the final norm gives, for the tokens
     *     that asked for logits only
     * @param hidden [tokens, width] from index 0 on; borrowed for the call
     */
    void observe(int block, float[] hidden, int tokens, int width);
}
