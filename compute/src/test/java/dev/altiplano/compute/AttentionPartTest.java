package dev.altiplano.compute;

import static dev.altiplano.compute.AttentionPart.RANGE_TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.compute.quant.KvTile;
import dev.altiplano.compute.quant.KvType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Attention over spans that reach into several ranges, computed and merged range by range. */
final class AttentionPartTest {
    private static final int HEADS = 3;
    private static final int HEAD_DIM = 24;
    private static final int POSITIONS = 2 * RANGE_TOKENS + 64;
    private static final float SCALE = 0.2f;

    /** Values are at most 1 and scores below 3. */
    private static final float TOLERANCE = 2e-6f;

    private static final int[][] SPANS = {
        {0, RANGE_TOKENS},
        {0, RANGE_TOKENS + 1},
        {RANGE_TOKENS - 1, RANGE_TOKENS + 1},
        {RANGE_TOKENS, 2 * RANGE_TOKENS},
        {RANGE_TOKENS - 1, 2 * RANGE_TOKENS + 1},
        {RANGE_TOKENS - 240, RANGE_TOKENS + 37},
        {RANGE_TOKENS - 300, 2 * RANGE_TOKENS + 30},
        {0, POSITIONS},
    };

    static Stream<Arguments> tiersAndTypes() {
        return Tiers.available()
                .flatMap(
                        tier ->
                                Arrays.stream(KvType.values())
                                        .map(type -> Arguments.of(tier, type)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("tiersAndTypes")
    void aSpanOfManyRangesGivesItsSoftmaxMean(KernelTier tier, KvType type) {
        SplittableRandom random = new SplittableRandom(1);
        RandomKvCache cache = new RandomKvCache(POSITIONS, type, HEAD_DIM, 1f, random);
        float[] q = RandomTensors.floats(HEADS * HEAD_DIM, random);
        try (Kernels kernels = Kernels.of(tier)) {
            Scratch scratch = kernels.newScratch(q.length);
            for (int[] ends : SPANS) {
                KvSpan span = cache.span(ends[0], ends[1]);
                float[] out = new float[q.length];

                kernels.attend(q, 0, HEADS, SCALE, span, out, scratch);

                float[] expected = softmaxMean(q, span, ends[0], ends[1]);
                assertThat(out)
                        .as(Arrays.toString(ends))
                        .containsExactly(expected, within(TOLERANCE));
            }
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("tiersAndTypes")
    void rangesComputedInAnyOrderMergeToTheBitsOfTheWhole(KernelTier tier, KvType type) {
        SplittableRandom random = new SplittableRandom(2);
        RandomKvCache cache = new RandomKvCache(POSITIONS, type, HEAD_DIM, 3f, random);
        float[] q = RandomTensors.floats(HEADS * HEAD_DIM, random);
        try (Kernels kernels = Kernels.of(tier)) {
            Scratch scratch = kernels.newScratch(q.length);
            for (int[] ends : SPANS) {
                KvSpan span = cache.span(ends[0], ends[1]);
                float[] whole = new float[q.length];
                kernels.attend(q, 0, HEADS, SCALE, span, whole, scratch);

                float[] merged = attendBackwards(kernels, q, span, scratch);

                assertThat(merged).as(Arrays.toString(ends)).isEqualTo(whole);
            }
        }
    }

    private static float[] attendBackwards(
            Kernels kernels, float[] q, KvSpan span, Scratch scratch) {
        int floats = AttentionPart.floats(HEADS, HEAD_DIM);
        float[] parts = new float[span.ranges() * floats];
        for (int range = span.ranges() - 1; range >= 0; range--) {
            span.seeRange(range);
            kernels.attendRange(q, 0, HEADS, SCALE, span, parts, range * floats, scratch);
        }
        for (int range = 1; range < span.ranges(); range++) {
            AttentionPart.merge(parts, 0, range * floats, HEADS, HEAD_DIM);
        }
        return Arrays.copyOf(parts, q.length);
    }

    @ParameterizedTest
    @MethodSource("dev.altiplano.compute.Tiers#available")
    void aPartHoldsTheLargestScoreAndTheSumOfWeightsOfEachHead(KernelTier tier) {
        SplittableRandom random = new SplittableRandom(3);
        RandomKvCache cache = new RandomKvCache(POSITIONS, KvType.F32, HEAD_DIM, 3f, random);
        float[] q = RandomTensors.floats(HEADS * HEAD_DIM, random);
        int floats = AttentionPart.floats(HEADS, HEAD_DIM);
        float[] parts = new float[1 + floats];
        KvSpan span = cache.span(19, 350);
        try (Kernels kernels = Kernels.of(tier)) {
            Scratch scratch = kernels.newScratch(q.length);
            kernels.attendRange(q, 0, HEADS, SCALE, span, parts, 1, scratch);
        }

        for (int head = 0; head < HEADS; head++) {
            double[] scores = scores(q, head, span, 19, 350);
            double largest = Arrays.stream(scores).max().orElseThrow();
            double sum = Arrays.stream(scores).map(score -> Math.exp(score - largest)).sum();
            assertThat(parts[1 + HEADS * HEAD_DIM + head])
                    .isCloseTo((float) largest, within(1e-5f));
            assertThat(parts[1 + HEADS * HEAD_DIM + HEADS + head])
                    .isCloseTo((float) sum, within((float) sum * 1e-5f));
        }
    }

    @Test
    void partsCountByTheirScoresAndWeights() {
        // Per part of one head of one value: mean, largest score, sum of weights.
        float[] parts = {1, 5, 2, 4, 5, 4};

        AttentionPart.merge(parts, 0, 3, 1, 1);

        assertThat(Arrays.copyOf(parts, 3)).containsExactly(new float[] {3, 5, 6}, within(1e-6f));
    }

    @Test
    void scoresFarApartLeaveTheLargerPartAsItIs() {
        float[] smallFirst = {1, -3e38f, 2, 4, 3e38f, 4};
        float[] largeFirst = {4, 3e38f, 4, 1, -3e38f, 2};

        AttentionPart.merge(smallFirst, 0, 3, 1, 1);
        AttentionPart.merge(largeFirst, 0, 3, 1, 1);

        assertThat(Arrays.copyOf(smallFirst, 3)).containsExactly(4, 3e38f, 4);
        assertThat(Arrays.copyOf(largeFirst, 3)).containsExactly(4, 3e38f, 4);
    }

    @Test
    void cutsASpanAtMultiplesOfTheRange() {
        KvSpan span = new KvSpan();
        span.see(0, RANGE_TOKENS - 1, 2 * RANGE_TOKENS + 1);

        assertThat(span.ranges()).isEqualTo(3);
        span.seeRange(0);
        assertThat(new int[] {span.fromPosition, span.toPosition})
                .containsExactly(RANGE_TOKENS - 1, RANGE_TOKENS);
        span.seeRange(1);
        assertThat(new int[] {span.fromPosition, span.toPosition})
                .containsExactly(RANGE_TOKENS, 2 * RANGE_TOKENS);
        span.seeRange(2);
        assertThat(new int[] {span.fromPosition, span.toPosition})
                .containsExactly(2 * RANGE_TOKENS, 2 * RANGE_TOKENS + 1);
    }

    @Test
    void cutsTheLastPositionsThereCanBe() {
        KvSpan span = new KvSpan();
        span.see(0, Integer.MAX_VALUE - 1, Integer.MAX_VALUE);

        assertThat(span.ranges()).isOne();
        assertThat(span.toPosition).isEqualTo(Integer.MAX_VALUE);
    }

    /** What the definition gives, in double, for the keys and values that the cache holds. */
    private static float[] softmaxMean(float[] q, KvSpan span, int from, int to) {
        float[] out = new float[q.length];
        for (int head = 0; head < HEADS; head++) {
            double[] weights = scores(q, head, span, from, to);
            double total = 0;
            double[] sums = new double[HEAD_DIM];
            for (int position = from; position < to; position++) {
                double weight = Math.exp(weights[position - from]);
                total += weight;
                for (int i = 0; i < HEAD_DIM; i++) {
                    sums[i] += weight * value(span, position, i);
                }
            }
            for (int i = 0; i < HEAD_DIM; i++) {
                out[head * HEAD_DIM + i] = (float) (sums[i] / total);
            }
        }
        return out;
    }

    private static double[] scores(float[] q, int head, KvSpan span, int from, int to) {
        double[] scores = new double[to - from];
        for (int position = from; position < to; position++) {
            for (int i = 0; i < HEAD_DIM; i++) {
                double key = key(span, position, i);
                scores[position - from] += (double) SCALE * q[head * HEAD_DIM + i] * key;
            }
        }
        return scores;
    }

    private static float key(KvSpan span, int position, int i) {
        return span.layout.tile().key(block(span, position), at(span), slot(position), i);
    }

    private static float value(KvSpan span, int position, int i) {
        return span.layout.tile().value(block(span, position), at(span), slot(position), i);
    }

    private static MemorySegment block(KvSpan span, int position) {
        return span.blocks[position / KvTile.TOKENS];
    }

    private static long at(KvSpan span) {
        return span.layout.tileOffset(span.layer, span.kvHead);
    }

    private static int slot(int position) {
        return position % KvTile.TOKENS;
    }
}
