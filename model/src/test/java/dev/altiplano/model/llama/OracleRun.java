package dev.altiplano.model.llama;

import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.Kernels;
import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.compute.quant.KvType;
import dev.altiplano.model.vision.VisionConfig;
import dev.altiplano.model.vision.VisionEncoder;
import dev.altiplano.model.vision.VisionWeights;
import java.util.Arrays;
import java.util.List;

/**
 * What we compute on an oracle case, beside what the reference does: the worst differences.
 *
 * @param tokens rows compared
 * @param logits the largest absolute difference of a logit
 * @param median the same of the token in the middle: without those whose expert is another one
 * @param hidden the largest absolute difference in the residual stream, over all blocks
 * @param greedyEqual how many greedy ids are the same, of {@code greedy}
 */
record OracleRun(
        String name,
        KernelTier tier,
        int tokens,
        double logits,
        double median,
        double hidden,
        int greedyEqual,
        int greedy) {

    /** Computes the whole prompt at once, then decodes as many tokens as the reference did. */
    static OracleRun of(String name, KernelTier tier, KvType type) {
        try (OracleCase oracle = new OracleCase(name);
                WorkerTeam team = new WorkerTeam(2);
                KvCache cache = new KvCache(oracle.config, type, 256)) {
            int[] ids = oracle.expectedIds("input_ids");
            int tokens = ids.length;
            Transformer transformer = oracle.transformer(tier, team, tokens);
            KvSequence sequence = cache.open();
            Batch batch = new Batch(tokens);
            batch.add(sequence, ids, 0, tokens, Batch.LogitsFor.ALL);
            VisionConfig.of(oracle.folder)
                    .ifPresent(vision -> putImage(oracle, vision, tier, team, batch));
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
            double median = medianOfTokens(logits, oracle.expected("logits"));
            int[] greedy = oracle.expectedIds("greedy");
            int[] ours = greedy(transformer, cache, sequence, logits, greedy.length);
            int equal = Arrays.mismatch(ours, greedy);
            return new OracleRun(
                    name,
                    tier,
                    tokens,
                    worst,
                    median,
                    hidden[0],
                    equal < 0 ? greedy.length : equal,
                    greedy.length);
        }
    }

    /** Vectors of the case's three tiles, in the places of its patch tokens. */
    private static void putImage(
            OracleCase oracle, VisionConfig vision, KernelTier tier, WorkerTeam team, Batch batch) {
        VisionWeights weights = VisionWeights.of(oracle.folder, vision);
        VisionEncoder encoder =
                new VisionEncoder(vision, weights, Kernels.of(tier), team, () -> {});
        float[] pixels = oracle.expected("pixel_values");
        int tile = pixels.length / 3;
        float[] vectors =
                encoder.encode(
                        List.of(
                                Arrays.copyOfRange(pixels, 0, tile),
                                Arrays.copyOfRange(pixels, tile, 2 * tile),
                                Arrays.copyOfRange(pixels, 2 * tile, 3 * tile)));
        int index = 0;
        for (int row = 0; row < batch.tokens(); row++) {
            if (batch.id(row) == vision.patchTokenId()) {
                batch.replaceEmbedding(row, vectors, index);
                index += vision.textWidth();
            }
        }
    }

    private static double medianOfTokens(Logits logits, float[] expected) {
        double[] worst = new double[logits.rows()];
        for (int row = 0; row < worst.length; row++) {
            int from = row * logits.vocabulary();
            float[] reference = Arrays.copyOfRange(expected, from, from + logits.vocabulary());
            worst[row] = worst(logits.row(row), reference, reference.length);
        }
        Arrays.sort(worst);
        return worst[worst.length / 2];
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
