package dev.altiplano.model.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.AttentionPart;
import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.compute.quant.KvType;
import dev.altiplano.model.llama.Batch.LogitsFor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However a prompt is cut up, batched and spread over threads, its logits are the same bits. */
final class TransformerTest {
    private static final String CHUNKED = "llama4-scout-tiny"; // chunks of 16
    private static final Set<Object> WITH_EVERY_CACHE = Set.of("llama3-tiny", CHUNKED);

    /** Sums in another order, through a whole model whose logits reach 4. */
    private static final double TIER_TOLERANCE = 2e-5;

    /** Every text case on every tier, and two of them with the other types of cache. */
    static Stream<Arguments> cachedModels() {
        return Stream.concat(
                wholeModels().map(model -> cached(model, KvType.F32)),
                wholeModels()
                        .filter(model -> WITH_EVERY_CACHE.contains(model.get()[0]))
                        .flatMap(
                                model ->
                                        Stream.of(
                                                cached(model, KvType.F16),
                                                cached(model, KvType.Q8_0))));
    }

    private static Arguments cached(Arguments model, KvType type) {
        return Arguments.of(model.get()[0], model.get()[1], type);
    }

    /** Every text case on every tier. */
    static Stream<Arguments> wholeModels() {
        return Stream.of(
                        "llama3-tiny",
                        "llama3-tied-bf16",
                        CHUNKED,
                        "llama4-maverick-tiny",
                        "llama4-top2-tiny")
                .flatMap(name -> OracleCase.tiers().map(tier -> Arguments.of(name, tier)));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("cachedModels")
    void oneTokenAtATimeEqualsAllAtOnce(String name, KernelTier tier, KvType type) {
        try (Fixture fixture = new Fixture(name, tier, type, 1)) {
            float[] together = fixture.logits(fixture.ids, fixture.ids.length);
            assertThat(fixture.logits(fixture.ids, 1)).isEqualTo(together);
        }
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("cachedModels")
    void aPromptCutAroundAChunkEdgeEqualsTheWhole(String name, KernelTier tier, KvType type) {
        try (Fixture fixture = new Fixture(name, tier, type, 1)) {
            float[] whole = fixture.logits(fixture.ids, fixture.ids.length);
            for (int cut : new int[] {1, 15, 16, 17, 31, 32, 33, 47}) {
                try (KvSequence sequence = fixture.cache.open()) {
                    List<Float> parts = new ArrayList<>();
                    fixture.append(sequence, fixture.ids, 0, cut, parts);
                    sequence.release(cut);
                    fixture.append(sequence, fixture.ids, cut, fixture.ids.length - cut, parts);
                    assertThat(parts).as("cut at %d", cut).isEqualTo(Fixture.list(whole));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("cachedModels")
    void rollbackAcrossAChunkEdgeForgetsExactlyWhatWasRolledBack(
            String name, KernelTier tier, KvType type) {
        try (Fixture fixture = new Fixture(name, tier, type, 1)) {
            float[] whole = fixture.logits(fixture.ids, fixture.ids.length);
            int[][] lengthsAndBacks = {{33, 31}, {40, 30}, {48, 47}, {17, 16}, {32, 32}, {49, 0}};
            for (int[] pair : lengthsAndBacks) {
                requireRollback(fixture, whole, Math.min(pair[0], fixture.ids.length), pair[1]);
            }
        }
    }

    private static void requireRollback(Fixture fixture, float[] whole, int length, int back) {
        try (KvSequence sequence = fixture.cache.open()) {
            int[] other = fixture.ids.clone();
            for (int i = back; i < other.length; i++) {
                other[i] = (other[i] + 17) % 256;
            }
            fixture.append(sequence, other, 0, length, new ArrayList<>());
            sequence.rollback(back);
            List<Float> again = new ArrayList<>();
            fixture.append(sequence, fixture.ids, back, fixture.ids.length - back, again);

            List<Float> expected = Fixture.list(whole);
            assertThat(again)
                    .as("from %d back to %d", length, back)
                    .isEqualTo(expected.subList(back * 256, expected.size()));
        }
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("cachedModels")
    void sequencesInOneBatchEqualEachAlone(String name, KernelTier tier, KvType type) {
        for (int seed = 1; seed <= 3; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            try (Fixture fixture = new Fixture(name, tier, type, seed)) {
                requireRaggedEqualsAlone(fixture, random);
            }
        }
    }

    private static void requireRaggedEqualsAlone(Fixture fixture, SplittableRandom random) {
        List<int[]> prompts = new ArrayList<>();
        List<KvSequence> sequences = new ArrayList<>();
        List<List<Float>> found = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            prompts.add(random.ints(random.nextInt(1, 60), 0, 256).toArray());
            sequences.add(fixture.cache.open());
            found.add(new ArrayList<>());
        }
        runRagged(fixture, prompts, sequences, found, random);
        for (int i = 0; i < 3; i++) {
            float[] alone = fixture.logits(prompts.get(i), prompts.get(i).length);
            assertThat(found.get(i)).isEqualTo(Fixture.list(alone));
            sequences.get(i).close();
        }
    }

    /** Each step takes some tokens of some of the prompts. */
    private static void runRagged(
            Fixture fixture,
            List<int[]> prompts,
            List<KvSequence> sequences,
            List<List<Float>> found,
            SplittableRandom random) {
        Batch batch = new Batch(Fixture.TOKENS_MAX);
        while (true) {
            batch.clear();
            List<Integer> owners = new ArrayList<>();
            for (int i = 0; i < prompts.size(); i++) {
                int done = sequences.get(i).length();
                int left = prompts.get(i).length - done;
                int count = Math.min(left, random.nextInt(0, 20));
                batch.add(sequences.get(i), prompts.get(i), done, count, LogitsFor.ALL);
                for (int k = 0; k < count; k++) {
                    owners.add(i);
                }
            }
            Logits logits = fixture.transformer.forward(batch, fixture.cache);
            for (int row = 0; row < owners.size(); row++) {
                found.get(owners.get(row)).addAll(Fixture.list(logits.row(row)));
            }
            boolean finished = true;
            for (int i = 0; i < prompts.size(); i++) {
                finished &= sequences.get(i).length() == prompts.get(i).length;
            }
            if (finished) {
                return;
            }
        }
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("cachedModels")
    void anyNumberOfThreadsGivesTheSameBits(String name, KernelTier tier, KvType type) {
        float[] alone;
        try (Fixture fixture = new Fixture(name, tier, type, 1)) {
            alone = fixture.logits(fixture.ids, fixture.ids.length);
        }
        for (int threads : new int[] {2, 3}) {
            try (Fixture fixture = new Fixture(name, tier, type, threads)) {
                assertThat(fixture.logits(fixture.ids, fixture.ids.length)).isEqualTo(alone);
            }
        }
    }

    static Stream<KernelTier> fastTiers() {
        return OracleCase.tiers().filter(tier -> tier != KernelTier.SCALAR);
    }

    @ParameterizedTest
    @MethodSource("fastTiers")
    void aContextLongerThanARangeGivesTheSameBits(KernelTier tier) {
        List<Float> together = logitsAroundTheEndOfARange(tier, 1, 16);
        assertThat(logitsAroundTheEndOfARange(tier, 3, 1)).isEqualTo(together);
    }

    /** A range but for its last eight tokens at once, then 16 tokens, {@code step} at a time. */
    private static List<Float> logitsAroundTheEndOfARange(KernelTier tier, int threads, int step) {
        int[] ids = new SplittableRandom(4).ints(Fixture.TOKENS_MAX, 0, 256).toArray();
        int before = AttentionPart.RANGE_TOKENS - 8;
        List<Float> logits = new ArrayList<>();
        try (Fixture fixture = new Fixture("llama3-tiny", tier, KvType.DEFAULT, threads);
                KvSequence sequence = fixture.cache.open()) {
            while (sequence.length() < before) {
                int count = Math.min(Fixture.TOKENS_MAX, before - sequence.length());
                fixture.append(sequence, ids, 0, count, new ArrayList<>());
            }
            for (int from = 0; from < 16; from += step) {
                fixture.append(sequence, ids, from, step, logits);
            }
        }
        return logits;
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("wholeModels")
    void everyTierAgreesWithTheScalarOne(String name, KernelTier tier) {
        try (Fixture scalar = new Fixture(name, KernelTier.SCALAR, KvType.F32, 1);
                Fixture other = new Fixture(name, tier, KvType.F32, 2)) {
            float[] truth = scalar.logits(scalar.ids, scalar.ids.length);
            float[] found = other.logits(other.ids, other.ids.length);
            assertThat(OracleRun.worst(found, truth, truth.length)).isLessThan(TIER_TOLERANCE);
        }
    }

    @Test
    void logitsComeOnlyForTheTokensThatAsked() {
        try (Fixture fixture = new Fixture("llama3-tiny", KernelTier.VECTOR, KvType.DEFAULT, 1);
                KvSequence first = fixture.cache.open();
                KvSequence second = fixture.cache.open();
                KvSequence third = fixture.cache.open()) {
            float[] whole = fixture.logits(fixture.ids, fixture.ids.length);
            Batch batch = new Batch(Fixture.TOKENS_MAX);
            batch.add(first, fixture.ids, 0, 9, LogitsFor.LAST);
            batch.add(second, fixture.ids, 0, 5, LogitsFor.NONE);
            batch.add(third, fixture.ids[0]);

            Logits logits = fixture.transformer.forward(batch, fixture.cache);

            assertThat(logits.rows()).isEqualTo(2);
            assertThat(logits.row(0)).isEqualTo(Arrays.copyOfRange(whole, 8 * 256, 9 * 256));
            assertThat(logits.row(1)).isEqualTo(Arrays.copyOfRange(whole, 0, 256));
            assertThat(second.length()).isEqualTo(5);
        }
    }

    @Test
    void aFullCacheIsRefusedAndNothingIsAppended() {
        try (Fixture fixture = new Fixture(CHUNKED, KernelTier.VECTOR, KvType.DEFAULT, 1);
                KvCache small = new KvCache(fixture.oracle.config, KvType.DEFAULT, 48);
                KvSequence first = small.open();
                KvSequence second = small.open()) {
            Batch batch = new Batch(Fixture.TOKENS_MAX);
            batch.add(first, fixture.ids, 0, 30, LogitsFor.LAST);
            batch.add(second, fixture.ids, 0, 30, LogitsFor.LAST);

            assertThatThrownBy(() -> fixture.transformer.forward(batch, small))
                    .isInstanceOf(KvCacheFullException.class)
                    .hasMessageContainingAll("48", "60");

            assertThat(first.length()).isZero();
            assertThat(small.usedBlocks()).isZero();
            batch.clear();
            batch.add(first, fixture.ids, 0, 30, LogitsFor.LAST);
            assertThat(fixture.transformer.forward(batch, small).rows()).isOne();
        }
    }

    @Test
    void refusesIdsOutsideTheVocabulary() {
        try (Fixture fixture = new Fixture("llama3-tiny", KernelTier.VECTOR, KvType.DEFAULT, 1);
                KvSequence sequence = fixture.cache.open()) {
            for (int id : new int[] {-1, 256, Integer.MAX_VALUE}) {
                Batch batch = new Batch(1);
                batch.add(sequence, id);
                assertThatThrownBy(() -> fixture.transformer.forward(batch, fixture.cache))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContainingAll("0 to 255", "found " + id);
            }
        }
    }

    @Test
    void refusesASequenceOfAnotherCache() {
        try (Fixture fixture = new Fixture("llama3-tiny", KernelTier.VECTOR, KvType.DEFAULT, 1);
                KvCache other = new KvCache(fixture.oracle.config, KvType.DEFAULT, 16);
                KvSequence sequence = other.open()) {
            Batch batch = new Batch(1);
            batch.add(sequence, 7);
            assertThatThrownBy(() -> fixture.transformer.forward(batch, fixture.cache))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("another cache");
        }
    }

    @Test
    void anEmptyBatchGivesNothing() {
        try (Fixture fixture = new Fixture("llama3-tiny", KernelTier.VECTOR, KvType.DEFAULT, 2)) {
            assertThat(fixture.transformer.forward(new Batch(4), fixture.cache).rows()).isZero();
        }
    }

    /** A model with a cache that holds several prompts of the oracle. */
    private static final class Fixture implements AutoCloseable {
        static final int TOKENS_MAX = 128;

        final OracleCase oracle;
        final WorkerTeam team;
        final KvCache cache;
        final Transformer transformer;
        final int[] ids;

        Fixture(String name, KernelTier tier, KvType type, int threads) {
            oracle = new OracleCase(name);
            team = new WorkerTeam(threads);
            cache = new KvCache(oracle.config, type, AttentionPart.RANGE_TOKENS + 1024);
            transformer = oracle.transformer(tier, team, TOKENS_MAX);
            ids = oracle.expectedIds("input_ids");
        }

        /** Logits of the whole prompt, computed {@code step} tokens at a time. */
        float[] logits(int[] prompt, int step) {
            List<Float> logits = new ArrayList<>();
            try (KvSequence sequence = cache.open()) {
                for (int from = 0; from < prompt.length; from += step) {
                    append(sequence, prompt, from, Math.min(step, prompt.length - from), logits);
                }
            }
            float[] values = new float[logits.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = logits.get(i);
            }
            return values;
        }

        void append(KvSequence sequence, int[] prompt, int from, int count, List<Float> logits) {
            Batch batch = new Batch(TOKENS_MAX);
            batch.add(sequence, prompt, from, count, LogitsFor.ALL);
            Logits found = transformer.forward(batch, cache);
            for (int row = 0; row < found.rows(); row++) {
                logits.addAll(list(found.row(row)));
            }
        }

        static List<Float> list(float[] values) {
            List<Float> list = new ArrayList<>(values.length);
            for (float value : values) {
                list.add(value);
            }
            return list;
        }

        @Override
        public void close() {
            cache.close();
            team.close();
            oracle.close();
        }
    }
}
