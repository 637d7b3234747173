package dev.altiplano.model.llama;

import dev.altiplano.compute.KvLayout;
import dev.altiplano.compute.TeamKernels;
import dev.altiplano.compute.WorkerTeam.RangeTask;
import dev.altiplano.compute.quant.KvType;
import dev.altiplano.model.llama.LlamaWeights.MixtureOfExperts;
import dev.altiplano.model.llama.LlamaWeights.SwiGlu;

/**
 * The mathematics of one layer of Llama 2, 3 and 4, for all tokens of a batch at once:
 *
 * <pre>
 * h ← h + Attention(rms(h))
 * h ← h + FeedForward(rms(h))
 * </pre>
 *
 * <p>Attention, for a token at position p:
 *
 * <ol>
 *   <li>q = Wq·x, k = Wk·x, v = Wv·x, in heads; a group of query heads shares one k and v
 *   <li>RoPE layers: q and k turn by p; then, with QK norm, each head is divided by its root mean
 *       square
 *   <li>NoPE layers with temperature: q is multiplied by 1 + scale · ln(floor((p + 1) / floor) + 1)
 *   <li>k and v go into the cache
 *   <li>softmax(q·kᵀ / √headDim) · v over the positions up to p that the layer sees: all, or those
 *       of p's own chunk, where chunks are cut at absolute positions
 *   <li>Wo
 * </ol>
 *
 * <p>FeedForward is {@code down(silu(gate(x)) ⊙ up(x))}. With experts it is that of a shared expert
 * plus those of the experts with the largest router logits g, each computed on {@code sigmoid(g) ·
 * x}: the score multiplies the input, because SwiGLU is not linear.
 *
 * <p>Sources: meta-llama/llama-models ({@code llama3/model.py}, {@code llama4/model.py}, {@code
 * llama4/moe.py}). Owned by the thread that runs the model.
 */
final class LayerMath {
    private final LlamaConfig config;
    private final TeamKernels team;
    private final Activations a;
    private final CacheAttention cacheAttention;
    private final ExpertRouter router;
    private final RangeTask placeTokens = this::placeTokens;

    // The layer and batch of the call in progress, for the tasks of the team.
    private Batch batch = new Batch(1);
    private LlamaConfig.Layer layer;
    private KvLayout kvLayout;
    private int kvLayer;

    LayerMath(LlamaConfig config, TeamKernels team, Activations activations) {
        this.config = config;
        this.team = team;
        this.a = activations;
        this.layer = config.layers().getFirst();
        this.kvLayout = new KvLayout(1, config.kvHeads(), config.headDim(), KvType.F32);
        this.cacheAttention = new CacheAttention(config, team, activations.query, kvLayout);
        this.router = new ExpertRouter(config, activations.tokensMax);
    }

    /** Takes {@code a.hidden} from the input of layer {@code index} to its output. */
    void apply(int index, LlamaWeights.Layer weights, Batch batch, KvCache cache) {
        this.batch = batch;
        layer = config.layers().get(index);
        kvLayout = cache.layout(index);
        kvLayer = cache.indexInPool(index);
        int tokens = batch.tokens();

        team.rmsNorm(a.hidden, tokens, weights.attentionNorm(), config.normEpsilon(), a.normed);
        attention(weights, tokens);
        team.add(a.hidden, a.update, tokens, config.hiddenSize());

        team.rmsNorm(a.hidden, tokens, weights.feedForwardNorm(), config.normEpsilon(), a.normed);
        switch (weights.feedForward()) {
            case SwiGlu dense -> swiGlu(dense, a.normed, tokens, a.update);
            case MixtureOfExperts experts -> mixture(experts, tokens);
        }
        team.add(a.hidden, a.update, tokens, config.hiddenSize());
    }

    private void attention(LlamaWeights.Layer weights, int tokens) {
        team.multiply(weights.queryKeyValue(), a.normed, tokens, a.queryKeyValue);
        team.run(tokens, (long) tokens * config.queryWidth(), placeTokens);
        cacheAttention.attend(layer, batch, kvLayout, kvLayer);
        team.multiply(weights.attentionOutput(), a.query, tokens, a.update);
    }

    /** Positions, QK norm and temperature; then keys and values into the cache. */
    private void placeTokens(int fromToken, int toToken, int worker) {
        for (int token = fromToken; token < toToken; token++) {
            int position = batch.position(token);
            int query = token * config.queryWidth();
            int key = token * config.kvWidth();
            if (layer.rope()) {
                rotateHeads(a.query, query, config.heads(), token);
                rotateHeads(a.key, key, config.kvHeads(), token);
            } else if (config.temperature().isPresent()) {
                float temperature = config.temperature().get().at(position);
                for (int i = query; i < query + config.queryWidth(); i++) {
                    a.query[i] *= temperature;
                }
            }
            KvTable table = batch.sequenceOf(token).table(layer.chunked());
            int slot = position % KvLayout.BLOCK_TOKENS;
            kvLayout.store(table.blockOf(position), kvLayer, slot, a.key, a.value, key);
        }
    }

    private void rotateHeads(float[] x, int index, int heads, int token) {
        int headDim = config.headDim();
        for (int i = index; i < index + heads * headDim; i += headDim) {
            team.kernels()
                    .rotate(x, i, headDim, config.rotaryPairs(), a.rotations, token * headDim);
            if (config.qkNorm()) {
                team.kernels().normalize(x, i, headDim, config.normEpsilon());
            }
        }
    }

    private void swiGlu(SwiGlu weights, float[] x, int tokens, float[] out) {
        team.multiply(weights.gateAndUp(), x, tokens, a.gateAndUp);
        team.siluMultiply(a.gate, a.up, tokens, weights.width());
        team.multiply(weights.down(), a.gate, tokens, out);
    }

    /** Rows are grouped by expert, so that each expert's weights are read once. */
    private void mixture(MixtureOfExperts weights, int tokens) {
        team.multiply(weights.router(), a.normed, tokens, a.routerLogits);
        router.route(a.routerLogits, tokens);
        swiGlu(weights.shared(), a.normed, tokens, a.update);
        // In the order of the experts, so that a token's sum does not depend on the batch.
        for (int expert = 0; expert < weights.experts().size(); expert++) {
            int rows = router.rows(expert);
            if (rows > 0) {
                gatherScaled(expert, rows);
                swiGlu(weights.experts().get(expert), a.expertInput, rows, a.expertOutput);
                scatterAdd(expert, rows);
            }
        }
    }

    private void gatherScaled(int expert, int rows) {
        int width = config.hiddenSize();
        for (int row = 0; row < rows; row++) {
            int from = router.token(expert, row) * width;
            float score = router.score(expert, row);
            for (int i = 0; i < width; i++) {
                a.expertInput[row * width + i] = score * a.normed[from + i];
            }
        }
    }

    private void scatterAdd(int expert, int rows) {
        int width = config.hiddenSize();
        for (int row = 0; row < rows; row++) {
            int to = router.token(expert, row) * width;
            for (int i = 0; i < width; i++) {
                a.update[to + i] += a.expertOutput[row * width + i];
            }
        }
    }
}
