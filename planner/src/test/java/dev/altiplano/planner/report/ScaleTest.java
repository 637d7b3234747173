package dev.altiplano.planner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScaleTest {
    @Test
    void ticksAreRound() {
        assertThat(new Scale(0, 19.5, 0, 100).ticks(8))
                .containsExactly(0.0, 2.5, 5.0, 7.5, 10.0, 12.5, 15.0, 17.5);
        assertThat(new Scale(4, 20, 0, 100).ticks(8)).startsWith(4.0, 6.0).endsWith(20.0);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void thereAreSomeTicksAndNeverTooMany(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 1_000; i++) {
            double until = Math.pow(10, random.nextDouble(-6, 12));

            assertThat(new Scale(0, until, 0, 1).ticks(8)).hasSizeBetween(3, 9);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void namesStandOnNoPoint(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LabelPlaces places = new LabelPlaces();
        places.keepFree(50, 50, 7);
        places.keepFree(68, 50, 5);

        LabelPlaces.Place place = places.of(50, 50, 7, "NY".repeat(random.nextInt(1, 3)));

        assertThat(place.anchor()).isEqualTo(Svg.Anchor.END);
    }
}
