package dev.altiplano.compute;

import static dev.altiplano.compute.KvLayout.BLOCK_TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.compute.quant.KvType;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Attention over the paged cache: both tiers against each other and against plain cases. */
final class AttentionTest {
    private static final int POSITIONS = 40 * BLOCK_TOKENS;

    @ParameterizedTest(name = "head dimension {0}, {1} query heads")
    @CsvSource({"2, 1", "6, 2", "16, 4", "20, 3", "64, 3", "80, 1", "128, 5", "144, 2", "40, 8"})
    void tiersAgreeOnEveryKindOfSpan(int headDim, int queryHeads) {
        for (KvType type : KvType.values()) {
            requireTiersAgree(type, headDim, queryHeads);
        }
    }

    private static void requireTiersAgree(KvType type, int headDim, int queryHeads) {
        SplittableRandom random = new SplittableRandom(headDim);
        RandomKvCache cache = new RandomKvCache(POSITIONS, type, headDim, 1f, random);
        float[] q = RandomTensors.floats(2 + queryHeads * headDim, random);
        int[][] spans = {
            {0, 1},
            {0, 15},
            {0, 16},
            {0, 17},
            {5, 6},
            {5, 16},
            {13, 18},
            {0, 63},
            {0, 64},
            {0, 65},
            {47, 130},
            {64, 128},
            {16, 32},
            {31, 33},
            {0, 255},
            {0, 256},
            {0, 257},
            {100, 400},
            {255, 258},
            {0, POSITIONS},
            {639, 640}
        };
        for (int[] span : spans) {
            float[] expected = attend(KernelTier.SCALAR, cache, q, queryHeads, span[0], span[1]);
            for (KernelTier tier : Tiers.fast().toList()) {
                float[] found = attend(tier, cache, q, queryHeads, span[0], span[1]);
                assertThat(found)
                        .as(type + " " + tier + Arrays.toString(span))
                        .containsExactly(expected, within(2e-6f));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.altiplano.compute.Tiers#available")
    void largeScoresDoNotOverflow(KernelTier tier) {
        SplittableRandom random = new SplittableRandom(2);
        RandomKvCache cache = new RandomKvCache(POSITIONS, KvType.F32, 16, 300f, random);
        float[] q = RandomTensors.floats(2 + 16, random);
        for (int i = 2; i < q.length; i++) {
            q[i] *= 300;
        }

        float[] out = attend(tier, cache, q, 1, 3, 600);

        int best = 3;
        for (int position = 3; position < 600; position++) {
            if (cache.score(q, position) > cache.score(q, best)) {
                best = position;
            }
        }
        float[] winner = cache.value(best);
        assertThat(Arrays.copyOfRange(out, 2, 18)).containsExactly(winner, within(1e-2f));
    }

    @ParameterizedTest
    @MethodSource("dev.altiplano.compute.Tiers#available")
    void seesNothingOutsideTheSpanEvenIfItIsNotANumber(KernelTier tier) {
        for (KvType type : KvType.values()) {
            SplittableRandom random = new SplittableRandom(3);
            RandomKvCache cache = new RandomKvCache(POSITIONS, type, 64, 1f, random);
            float[] q = RandomTensors.floats(2 + 2 * 64, random);
            float[] before = attend(tier, cache, q, 2, 21, 58);
            float[] poison = new float[64];
            Arrays.fill(poison, Float.NaN);
            for (int position = 0; position < POSITIONS; position++) {
                if (position < 21 || position >= 58) {
                    cache.put(position, poison, poison);
                }
            }

            assertThat(attend(tier, cache, q, 2, 21, 58)).as(type.toString()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.altiplano.compute.Tiers#available")
    void oneKeyGivesItsValue(KernelTier tier) {
        RandomKvCache cache =
                new RandomKvCache(POSITIONS, KvType.F32, 16, 1f, new SplittableRandom(4));
        float[] q = RandomTensors.floats(2 + 16, new SplittableRandom(5));

        float[] out = attend(tier, cache, q, 1, 33, 34);

        assertThat(Arrays.copyOfRange(out, 2, 18)).isEqualTo(cache.value(33));
    }

    private static float[] attend(
            KernelTier tier, RandomKvCache cache, float[] q, int queryHeads, int from, int to) {
        Kernels kernels = Kernels.of(tier);
        KvSpan span = cache.span(from, to);
        float[] out = new float[q.length];
        int width = queryHeads * cache.layout.headDim();
        float scale = (float) (1 / Math.sqrt(cache.layout.headDim()));
        kernels.attend(q, 2, queryHeads, scale, span, out, kernels.newScratch(width));
        return out;
    }
}
