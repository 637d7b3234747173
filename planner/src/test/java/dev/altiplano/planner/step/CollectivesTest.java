package dev.altiplano.planner.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CollectivesTest {
    private static final LinkRates RATES = new LinkRates(300e9, 5e-6, 20e9, 20e-6);

    @Test
    void takesTheTreeForManyRanksAndFewBytes() {
        double small = Collectives.allReduce(1e3, 1024, 50e9, 20e-6);

        assertThat(small).isEqualTo(Collectives.treeAllReduce(1e3, 1024, 50e9, 20e-6));
        assertThat(Collectives.treeAllReduce(1e3, 1024, 50e9, 20e-6))
                .isCloseTo(2e3 / 50e9 + 20 * 20e-6, withinPercentage(1e-9));
        assertThat(Collectives.allReduce(1e9, 8, 50e9, 20e-6))
                .isEqualTo(Collectives.ringAllReduce(1e9, 8, 50e9, 20e-6));
    }

    @Test
    void aSingleRankWaitsForNobody() {
        assertThat(Collectives.allReduce(1e9, 1, 50e9, 20e-6)).isZero();
        assertThat(Collectives.allToAll(1e9, 1, 50e9, 20e-6)).isZero();
        assertThat(Collectives.meshAllToAll(1e9, 1, 50e9, 20e-6)).isZero();
        assertThat(Collectives.hierarchicalAllReduce(1e9, 1, 8, RATES, 1)).isZero();
    }

    @Test
    void payOnceForTheLatencyOfAMesh() {
        assertThat(Collectives.meshAllToAll(8e9, 8, 100e9, 1e-3)).isEqualTo(0.07 + 1e-3);
        assertThat(Collectives.allToAll(8e9, 8, 100e9, 1e-3)).isEqualTo(0.07 + 7e-3);
        assertThat(Collectives.pointToPoint(1e9, 100e9, 1e-3)).isEqualTo(0.011);
    }

    @Test
    void oneNodeIsARingInsideIt() {
        assertThat(Collectives.hierarchicalAllReduce(1e9, 8, 8, RATES, 1))
                .isEqualTo(Collectives.ringAllReduce(1e9, 8, 300e9, 5e-6));
    }

    @Test
    void anOversubscribedPodSlowsOnlyWhoSendsMuchOutOfIt() {
        assertThat(Collectives.ringSlowdown(24, 7)).isEqualTo(1);
        assertThat(Collectives.ringSlowdown(1, 7)).isEqualTo(7);
        assertThat(Collectives.allToAllSlowdown(3072, 3072, 7)).isEqualTo(1);
        assertThat(Collectives.allToAllSlowdown(3072, 6144, 7)).isEqualTo(3.5);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void moreBytesNeverTakeLess(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            double bytes = Math.exp(random.nextDouble(5, 25));
            int ranks = random.nextInt(1, 5000);
            double more = bytes * random.nextDouble(1, 10);

            assertThat(Collectives.allReduce(more, ranks, 50e9, 20e-6))
                    .isGreaterThanOrEqualTo(Collectives.allReduce(bytes, ranks, 50e9, 20e-6));
            assertThat(Collectives.hierarchicalAllGather(more, ranks, 8, RATES, 1))
                    .isGreaterThanOrEqualTo(
                            Collectives.hierarchicalAllGather(bytes, ranks, 8, RATES, 1));
        }
    }
}
