package dev.altiplano.model.llama;

import dev.altiplano.compute.Kernels;
import dev.altiplano.compute.Projection;
import dev.altiplano.compute.TeamKernels;
import dev.altiplano.compute.WorkerTeam;

/**
 * The forward pass: token ids in, logits of the next token out.
 *
 * <pre>
 * h = Embedding[id];  h = layer(h) for each layer;  logits = W_out · rms(h)
 * </pre>
 *
 * <p>A token of an image has a vector of the image in place of {@code Embedding[id]}.
 *
 * <p>A row's result is the same bits whatever else is in the batch and whatever the number of
 * threads. Buffers are made here, for batches of at most {@code batchTokensMax} tokens; a pass
 * allocates nothing, except that the logits grow when more rows are asked for than ever before.
 * Borrows weights and team. Owned by one thread.
 */
public final class Transformer {
    private final LlamaConfig config;
    private final LlamaWeights weights;
    private final TeamKernels team;
    private final Activations activations;
    private final LayerMath layerMath;
    private final Logits logits;
    private final Runnable requireIntact;

    /** A pass over weights that cannot vanish, such as those of a test. */
    public Transformer(
            LlamaConfig config,
            LlamaWeights weights,
            Kernels kernels,
            WorkerTeam workers,
            int batchTokensMax) {
        this(config, weights, kernels, workers, batchTokensMax, () -> {});
    }

    /**
     * A pass over mapped weights.
     *
     * @param requireIntact throws if the mapped file has become shorter; asked before each pass,
     *     and when a read faults
     */
    public Transformer(
            LlamaConfig config,
            LlamaWeights weights,
            Kernels kernels,
            WorkerTeam workers,
            int batchTokensMax,
            Runnable requireIntact) {
        this.config = config;
        this.weights = weights;
        this.requireIntact = requireIntact;
        int inputsMax = weights.projections().mapToInt(Projection::inputs).max().orElseThrow();
        this.team = new TeamKernels(kernels, workers, batchTokensMax, inputsMax);
        weights.projections().forEach(team::pack);
        this.activations = new Activations(config, batchTokensMax);
        this.layerMath = new LayerMath(config, team, activations);
        this.logits = new Logits(config.vocabularySize());
    }

    public LlamaConfig config() {
        return config;
    }

    public int batchTokensMax() {
        return activations.tokensMax;
    }

    /** As {@link #forward(Batch, KvCache, BlockObserver)}, unobserved. */
    public Logits forward(Batch batch, KvCache cache) {
        return forward(batch, cache, BlockObserver.NONE);
    }

    /**
     * Computes the batch, appends its tokens to their sequences and gives the logits of the tokens
     * that asked for them; valid until the next pass.
     *
     * @throws KvCacheFullException if the cache has too few blocks; nothing was appended
     * @throws IllegalArgumentException if the batch is larger than the buffers, holds an id outside
     *     the vocabulary or a sequence of another cache
     */
    public Logits forward(Batch batch, KvCache cache, BlockObserver observer) {
        check(batch, cache);
        requireIntact.run();
        reserve(batch, cache);
        try {
            compute(batch, cache, observer);
        } catch (InternalError fault) { // what the JVM throws when mapped memory has gone
            requireIntact.run();
            throw fault;
        }
        for (int run = 0; run < batch.sequences(); run++) {
            batch.sequence(run).commit(batch.runTokens(run));
        }
        return logits;
    }

    private void compute(Batch batch, KvCache cache, BlockObserver observer) {
        int layers = weights.layers().size();
        embed(batch);
        for (int layer = 0; layer < layers; layer++) {
            observer.observe(layer, activations.hidden, batch.tokens(), config.hiddenSize());
            layerMath.apply(layer, weights.layers().get(layer), batch, cache);
        }
        observer.observe(layers, activations.hidden, batch.tokens(), config.hiddenSize());
        computeLogits(batch, observer);
    }

    private void check(Batch batch, KvCache cache) {
        if (batch.tokens() > activations.tokensMax) {
            throw new IllegalArgumentException(
                    "batch: expected at most %d tokens, found %d"
                            .formatted(activations.tokensMax, batch.tokens()));
        }
        for (int row = 0; row < batch.tokens(); row++) {
            int id = batch.id(row);
            if (id < 0 || id >= config.vocabularySize()) {
                throw new IllegalArgumentException(
                        "batch: expected ids of 0 to %d, found %d"
                                .formatted(config.vocabularySize() - 1, id));
            }
        }
        for (int run = 0; run < batch.sequences(); run++) {
            if (batch.sequence(run).cache() != cache) {
                throw new IllegalArgumentException("batch: a sequence is of another cache");
            }
        }
    }

    /**
     * Blocks for all tokens, or none: a sequence that got some gives back what it does not need.
     */
    private static void reserve(Batch batch, KvCache cache) {
        for (int run = 0; run < batch.sequences(); run++) {
            if (!batch.sequence(run).tryReserve(batch.runTokens(run))) {
                for (int earlier = 0; earlier < run; earlier++) {
                    KvSequence sequence = batch.sequence(earlier);
                    sequence.rollback(sequence.length());
                }
                throw new KvCacheFullException(
                        ("KV cache of %d tokens: expected blocks for %d more tokens, found %d free"
                                        + " blocks. End other sequences or make the cache larger.")
                                .formatted(
                                        cache.tokenCapacity(), batch.tokens(), cache.freeBlocks()));
            }
        }
    }

    private void embed(Batch batch) {
        int width = config.hiddenSize();
        for (int row = 0; row < batch.tokens(); row++) {
            if (batch.replacesEmbedding(row)) {
                batch.copyEmbedding(row, activations.hidden, row * width, width);
            } else {
                weights.embedding().decodeRow(batch.id(row), activations.hidden, row * width);
            }
            config.rope()
                    .rotation(batch.position(row), activations.rotations, row * config.headDim());
        }
    }

    private void computeLogits(Batch batch, BlockObserver observer) {
        int rows = batch.logitsRows();
        int width = config.hiddenSize();
        for (int row = 0; row < rows; row++) {
            int from = batch.logitsRow(row) * width;
            System.arraycopy(activations.hidden, from, activations.update, row * width, width);
        }
        team.rmsNorm(
                activations.update,
                rows,
                weights.finalNorm(),
                config.normEpsilon(),
                activations.normed);
        observer.observe(weights.layers().size() + 1, activations.normed, rows, width);
        team.multiply(weights.output(), activations.normed, rows, logits.resize(rows));
    }
}
