package dev.altiplano.model.llama;

import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.WorkerTeam;
import java.util.Arrays;

/**
 * What we compute on an oracle case, beside what the reference does: the worst differences.
 *
 * @param tokens rows compared
 * @param logits the largest absolute difference of a logit
 * @param hidden the largest absolute difference in the residual stream, over all blocks
 * @param greedyEqual how many greedy ids are the same, of {@code greedy}
 */
record OracleRun(
        String name,
        KernelTier tier,
        int tokens,
        double logits,
        double hidden,
        int greedyEqual,
        int greedy) {

    /** Computes the whole prompt at once, then decodes as many tokens as the reference did. */
    static OracleRun of(String name, KernelTier tier) {
        boolean textOnly = !name.contains("vision");
        try (OracleCase oracle = new OracleCase(name);
                WorkerTeam team = new WorkerTeam(2);
                KvCache cache = new KvCache(oracle.config, 256)) {
            int[] ids = oracle.expectedIds("input_ids");
            int tokens = textOnly ? ids.length : firstImageToken(ids);
            Transformer transformer = oracle.transformer(tier, team, tokens);
            KvSequence sequence = cache.open();
            Batch batch = new Batch(tokens);
            batch.add(sequence, ids, 0, tokens, Batch.LogitsFor.ALL);
            double[] hidden = {0};
            int layers = oracle.config.layers().size();
            BlockObserver observer =
                    (block, values, rows, width) -> {
                        if (block != layers) { // the reference shows it after the final norm only
                            int n = Math.min(block, layers);
                            float[] expected = oracle.expected("hidden." + n);
                            hidden[0] = Math.max(hidden[0], worst(values, expected, rows * width));
                        }
                    };
            Logits logits = transformer.forward(batch, cache, observer);
            double worst =
                    worst(logits.values(), oracle.expected("logits"), tokens * logits.vocabulary());
            int[] greedy = textOnly ? oracle.expectedIds("greedy") : new int[0];
            int[] ours = greedy(transformer, cache, sequence, logits, greedy.length);
            int equal = Arrays.mismatch(ours, greedy);
            return new OracleRun(
                    name,
                    tier,
                    tokens,
                    worst,
                    hidden[0],
                    equal < 0 ? greedy.length : equal,
                    greedy.length);
        }
    }

    /** The vision case opens its image with token 3; what comes before is text alone. */
    private static int firstImageToken(int[] ids) {
        int first = 0;
        while (ids[first] != 3) {
            first++;
        }
        return first;
    }

    static double worst(float[] found, float[] expected, int count) {
        double worst = 0;
        for (int i = 0; i < count; i++) {
            double difference = Math.abs((double) found[i] - expected[i]);
            worst = Double.isNaN(difference) ? Double.NaN : Math.max(worst, difference);
        }
        return worst;
    }

    private static int[] greedy(
            Transformer transformer, KvCache cache, KvSequence sequence, Logits prompt, int count) {
        int[] ids = new int[count];
        Logits logits = prompt;
        Batch batch = new Batch(1);
        for (int i = 0; i < count; i++) {
            ids[i] = logits.argmax(logits.rows() - 1);
            batch.clear();
            batch.add(sequence, ids[i]);
            logits = transformer.forward(batch, cache);
            sequence.release(sequence.length());
        }
        return ids;
    }
}
