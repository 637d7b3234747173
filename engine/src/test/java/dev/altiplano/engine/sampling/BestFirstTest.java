package dev.altiplano.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BestFirstTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void selectsTheHeadOfAFullSort(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 40; round++) {
            int count = random.nextInt(0, 300);
            int from = random.nextInt(3);
            float[] keys = new float[from + count];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = random.nextInt(-50, 50); // so that some are equal
            }
            int k = random.nextInt(0, 320);

            int[] best = new BestFirst(300).select(keys, from, count, k);

            int[] sorted =
                    IntStream.range(0, count)
                            .boxed()
                            .sorted(
                                    Comparator.comparingDouble((Integer i) -> -keys[from + i])
                                            .thenComparingInt(i -> i))
                            .limit(k)
                            .mapToInt(i -> i)
                            .toArray();
            assertThat(Arrays.copyOf(best, sorted.length)).isEqualTo(sorted);
        }
    }
}
