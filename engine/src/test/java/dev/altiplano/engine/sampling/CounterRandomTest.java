package dev.altiplano.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CounterRandomTest {
    private static final int DRAWS = 100_000;

    /** One in a thousand uniform sources exceeds it; 99 degrees of freedom. */
    private static final double CHI_SQUARE_BOUND = 148.2;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {0, 1, 2, -1, Long.MIN_VALUE, 0x9e3779b97f4a7c15L})
    void isUniformOverThePositionsOfASeed(long seed) {
        int[] counts = new int[100];

        for (int position = 0; position < DRAWS; position++) {
            counts[(int) (100 * CounterRandom.uniform(seed, position))]++;
        }

        assertThat(chiSquare(counts)).isLessThan(CHI_SQUARE_BOUND);
    }

    @ParameterizedTest(name = "position {0}")
    @ValueSource(longs = {0, 1, 17, 100_000})
    void isUniformOverTheSeedsAtAPosition(long position) {
        int[] counts = new int[100];

        for (int seed = 0; seed < DRAWS; seed++) {
            counts[(int) (100 * CounterRandom.uniform(seed, position))]++;
        }

        assertThat(chiSquare(counts)).isLessThan(CHI_SQUARE_BOUND);
    }

    @Test
    void doesNotShiftOneSeedIntoTheNext() {
        for (int position = 0; position < 1000; position++) {
            assertThat(CounterRandom.uniform(5, position + 1))
                    .isNotEqualTo(CounterRandom.uniform(6, position));
        }
    }

    private static double chiSquare(int[] counts) {
        double expected = (double) DRAWS / counts.length;
        double sum = 0;
        for (int count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }
}
