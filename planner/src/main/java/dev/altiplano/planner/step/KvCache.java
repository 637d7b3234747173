package dev.altiplano.planner.step;

/** Keys and values of one sequence at inference. */
public final class KvCache {
    private KvCache() {}

    /** {@code 2 L k δ} values per token; a chunked layer stores at most its chunk. */
    public static double bytes(ModelShape model, double sequenceTokens, double bytesPerValue) {
        int chunked = model.attention().chunkedLayers(model.layers());
        double kept = Math.min(sequenceTokens, model.attention().chunkTokens());
        double tokenLayers = (model.layers() - chunked) * sequenceTokens + chunked * kept;
        return 2.0 * model.kvHeads() * model.headDim() * tokenLayers * bytesPerValue;
    }
}
