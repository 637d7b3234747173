package dev.altiplano.compute.quant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class AffineGroupTest {
    /** A single group may end in another valley; all together must not cost much. */
    @Test
    void comesNearToTheBestOfAllScalesAndMinimums() {
        double found = 0;
        double best = 0;
        for (long seed = 1; seed <= 50; seed++) {
            float[] source = normal(seed, 32);
            AffineGroup group = new AffineGroup(32, 15);

            group.search(source, 0);

            found += group.place(group.scale(), group.minimum());
            best += bestOfAGrid(group, source);
        }
        assertThat(found).isLessThan(1.06 * best);
    }

    @Test
    void findsTheScaleAndMinimumThatWeightsWereMadeWith() {
        float[] source = new float[32];
        for (int i = 0; i < source.length; i++) {
            source[i] = 0.25f * (i % 16) - 1.5f;
        }
        AffineGroup group = new AffineGroup(32, 15);

        group.search(source, 0);

        assertThat(group.scale()).isEqualTo(0.25f);
        assertThat(group.minimum()).isEqualTo(1.5f);
        assertThat(group.place(0.25f, 1.5f)).isZero();
    }

    @Test
    void keepsZeroInRangeWhereAllWeightsArePositive() {
        float[] source = {5, 6, 7, 8};
        AffineGroup group = new AffineGroup(4, 15);

        group.search(source, 0);

        assertThat(group.minimum()).isZero();
        assertThat(group.scale()).isBetween(8 / 17f, 8 / 13f);
    }

    private static float bestOfAGrid(AffineGroup group, float[] source) {
        float lowest = Rounding.minimum(source, 0, source.length);
        float range = Rounding.maximum(source, 0, source.length) - lowest;
        float best = Float.POSITIVE_INFINITY;
        for (int i = 0; i < 100; i++) {
            float scale = range / 15 * (0.7f + 0.4f * i / 100);
            for (int k = 0; k < 100; k++) {
                best = Math.min(best, group.place(scale, -lowest * (0.7f + 0.4f * k / 100)));
            }
        }
        return best;
    }

    private static float[] normal(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
