package dev.altiplano.engine;

import dev.altiplano.compute.KvLayout;
import dev.altiplano.engine.StepPlan.Run;
import dev.altiplano.model.llama.Batch;
import dev.altiplano.model.llama.Batch.LogitsFor;
import dev.altiplano.model.llama.KvCache;
import dev.altiplano.model.llama.KvSequence;
import dev.altiplano.model.llama.Transformer;

/** The real model: a transformer, its KV cache, and what has to be closed with them. */
final class LlamaStepModel implements StepModel {
    /** A place in the real KV cache. */
    private record LlamaPlace(KvSequence sequence) implements KvPlace {
        @Override
        public void close() {
            sequence.close();
        }
    }

    /** After these the kernels of a step are compiled; the first pass takes longest by far. */
    private static final int WARM_UP_PASSES = 8;

    /** Enough for kernels that take several tokens at once, and for what these leave over. */
    private static final int WARM_UP_TOKENS = 5;

    private final Transformer transformer;
    private final KvCache cache;
    private final Runnable afterClose;
    private final Batch batch;
    private int warmUps;

    /**
     * Takes over the cache.
     *
     * @param afterClose frees what the transformer borrows: its weights and its worker team
     */
    LlamaStepModel(Transformer transformer, KvCache cache, Runnable afterClose) {
        this.transformer = transformer;
        this.cache = cache;
        this.afterClose = afterClose;
        this.batch = new Batch(transformer.batchTokensMax());
    }

    @Override
    public int vocabSize() {
        return transformer.config().vocabularySize();
    }

    @Override
    public int blockTokens() {
        return KvLayout.BLOCK_TOKENS;
    }

    @Override
    public int blockCount() {
        return Math.ceilDiv(cache.tokenCapacity(), KvLayout.BLOCK_TOKENS);
    }

    @Override
    public KvPlace openPlace() {
        return new LlamaPlace(cache.open());
    }

    @Override
    public float[] forward(StepPlan plan) {
        batch.clear();
        for (Run run : plan.runs()) {
            Sequence sequence = run.sequence();
            batch.add(
                    kv(run),
                    sequence.history().ids(),
                    sequence.computed(),
                    run.tokens(),
                    run.logits());
        }
        float[] logits = transformer.forward(batch, cache).values();
        for (Run run : plan.runs()) {
            kv(run).release(kv(run).length()); // the engine never rolls back
        }
        return logits;
    }

    private static KvSequence kv(Run run) {
        return ((LlamaPlace) run.sequence().place()).sequence();
    }

    @Override
    public boolean warmUp() {
        if (warmUps == WARM_UP_PASSES) {
            return false;
        }
        int tokens = Math.min(warmUps == 0 ? 1 : WARM_UP_TOKENS, batch.tokensMax());
        warmUps++;
        try (KvSequence sequence = cache.open()) {
            batch.clear();
            batch.add(sequence, new int[tokens], 0, tokens, LogitsFor.LAST);
            transformer.forward(batch, cache);
        }
        return true;
    }

    @Override
    public void close() {
        cache.close();
        afterClose.run();
    }
}
