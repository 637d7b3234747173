package dev.altiplano.model.llama;

import static dev.altiplano.compute.AttentionPart.RANGE_TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.Kernels;
import dev.altiplano.compute.KvLayout;
import dev.altiplano.compute.TeamKernels;
import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.compute.quant.KvType;
import dev.altiplano.model.llama.Batch.LogitsFor;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attention over made-up contexts of several ranges: the same bits however it is handed out. */
final class CacheAttentionTest {
    private static final int LONG_CONTEXT = 2 * RANGE_TOKENS + 100;
    private static final int SHORT_CONTEXT = RANGE_TOKENS - 3;

    @ParameterizedTest
    @MethodSource("dev.altiplano.model.llama.OracleCase#tiers")
    void rangesSpreadOverThreadsGiveTheBitsOfOneThread(KernelTier tier) {
        float[] alone;
        try (Fixture fixture = new Fixture(tier, 1)) {
            alone = fixture.attend(1, 0);
        }
        for (int threads : new int[] {2, 3, 8}) {
            try (Fixture fixture = new Fixture(tier, threads)) {
                assertThat(fixture.attend(1, 0)).as("%d threads", threads).isEqualTo(alone);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.altiplano.model.llama.OracleCase#tiers")
    void tokensInALargeBatchGetTheBitsThatTheyGetInASmallOne(KernelTier tier) {
        try (Fixture fixture = new Fixture(tier, 2)) {
            float[] small = fixture.attend(3, 0); // in ranges
            float[] large = fixture.attend(Fixture.TOKENS_MAX, 0); // in units
            assertThat(Arrays.copyOf(large, small.length)).isEqualTo(small);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.altiplano.model.llama.OracleCase#tiers")
    void aShortContextBesideALongOneGivesTheSameBits(KernelTier tier) {
        float[] alone;
        try (Fixture fixture = new Fixture(tier, 1)) {
            alone = fixture.attend(1, 6); // from within the first range to within the second
        }
        try (Fixture fixture = new Fixture(tier, 8)) {
            assertThat(fixture.attend(1, 6)).isEqualTo(alone);
        }
    }

    /** Two sequences, a long and a short one, with random queries, keys and values. */
    private static final class Fixture implements AutoCloseable {
        static final int TOKENS_MAX = 16;

        private final OracleCase oracle = new OracleCase("llama3-tiny");
        private final LlamaConfig config = oracle.config;
        private final SplittableRandom random = new SplittableRandom(7);
        private final float[] queries = floats(TOKENS_MAX * config.queryWidth());
        private final float[] query = new float[queries.length];
        private final KvCache cache = new KvCache(config, KvType.F16, 4 * RANGE_TOKENS);
        private final KvSequence longer = sequence(LONG_CONTEXT);
        private final KvSequence shorter = sequence(SHORT_CONTEXT);
        private final WorkerTeam team;
        private final CacheAttention attention;

        Fixture(KernelTier tier, int threads) {
            team = new WorkerTeam(threads);
            int inputsMax = config.queryWidth();
            attention =
                    new CacheAttention(
                            config,
                            new TeamKernels(Kernels.of(tier), team, TOKENS_MAX, inputsMax),
                            query,
                            cache.layout(0));
        }

        private float[] floats(int count) {
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = (float) random.nextDouble(-2, 2);
            }
            return values;
        }

        /** Holds {@code length} positions, and the keys and values of the next tokens. */
        private KvSequence sequence(int length) {
            KvSequence sequence = cache.open();
            assertThat(sequence.tryReserve(length + TOKENS_MAX)).isTrue();
            sequence.commit(length);
            for (int position = 0; position < length + TOKENS_MAX; position++) {
                int slot = position % KvLayout.BLOCK_TOKENS;
                float[] key = floats(config.kvWidth());
                float[] value = floats(config.kvWidth());
                KvLayout layout = cache.layout(0);
                layout.store(sequence.table(false).blockOf(position), 0, slot, key, value, 0);
            }
            return sequence;
        }

        /** What the next tokens of the longer sequence, then those of the shorter, attend to. */
        float[] attend(int ofLonger, int ofShorter) {
            Batch batch = new Batch(TOKENS_MAX);
            batch.add(longer, new int[TOKENS_MAX], 0, ofLonger, LogitsFor.NONE);
            batch.add(shorter, new int[TOKENS_MAX], 0, ofShorter, LogitsFor.NONE);
            System.arraycopy(queries, 0, query, 0, query.length);

            attention.attend(config.layers().getFirst(), batch, cache.layout(0), 0);

            return Arrays.copyOf(query, batch.tokens() * config.queryWidth());
        }

        @Override
        public void close() {
            longer.close();
            shorter.close();
            cache.close();
            team.close();
            oracle.close();
        }
    }
}
