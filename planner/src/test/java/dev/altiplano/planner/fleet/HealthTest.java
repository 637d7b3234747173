package dev.altiplano.planner.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HealthTest {
    private static final double RATE = 3.79e-3;
    private static final Health HEALTH = new Health(RATE, 54, 8);

    @Test
    void beginsAtTheProfilesRateAndEndsAtTheNodesOwn() {
        Node fresh = Node.at("n", "r", "p");

        assertThat(HEALTH.posteriorPerDay(fresh)).isCloseTo(RATE, within(1e-12));
        assertThat(HEALTH.posteriorPerDay(fresh.withHistory(1e6, Map.of("gpu", 20_000))))
                .isCloseTo(0.02, within(1e-4));
        assertThat(HEALTH.posteriorPerDay(fresh.withHistory(100, Map.of("gpu", 10))))
                .isCloseTo(12 / (2 / RATE + 100), within(1e-12));
    }

    @Test
    void proposesTheWorstNodesAndNoMoreThanTheSparesCover() {
        Inventory inventory = fleet(2);

        List<Health.Suspect> all = HEALTH.allSuspects(inventory);
        List<Health.Suspect> covered = HEALTH.suspects(inventory);

        assertThat(all)
                .extracting(suspect -> suspect.node().name())
                .containsExactly("n3", "n1", "n2");
        assertThat(covered).isEqualTo(all.subList(0, 2));
        assertThat(all.getFirst().ratio()).isGreaterThan(5);
        assertThat(all.getFirst().stopsSaved())
                .isCloseTo(
                        54 * all.getFirst().perDay() * (1 - 1 / all.getFirst().ratio()),
                        within(1e-9));
        assertThat(all.getFirst().testNodeHours()).isEqualTo(8);
    }

    @Test
    void proposesNothingWithoutSpares() {
        assertThat(HEALTH.suspects(fleet(0))).isEmpty();
    }

    @ParameterizedTest(name = "{0} faults")
    @ValueSource(ints = {0, 3, 50})
    void suspectsNoNodeOfALargeFleetWithFewFaults(int faults) {
        Inventory inventory = largeFleet(faults, 0);

        assertThat(HEALTH.allSuspects(inventory)).isEmpty();
    }

    @ParameterizedTest(name = "{0} faults elsewhere")
    @ValueSource(ints = {0, 3, 50})
    void namesTheOneNodeThatStandsOutOfALargeFleet(int faults) {
        Inventory inventory = largeFleet(faults, 6);

        assertThat(HEALTH.allSuspects(inventory))
                .extracting(suspect -> suspect.node().name())
                .containsExactly("n12499");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void suspectsNoNodeOfAFleetThatFailsAtTheProfilesRateByChance(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        int[] faults = new int[12_500];
        for (int i = 0; i < RATE * 30 * faults.length; i++) {
            faults[random.nextInt(faults.length)]++;
        }

        assertThat(HEALTH.allSuspects(ofThirtyDays(faults))).isEmpty();
    }

    /**
     * 12,500 nodes of 30 days; {@code single} of the first fail once, the last {@code many} times.
     */
    private static Inventory largeFleet(int single, int many) {
        int[] faults = new int[12_500];
        Arrays.fill(faults, 0, single, 1);
        faults[faults.length - 1] = many;
        return ofThirtyDays(faults);
    }

    private static Inventory ofThirtyDays(int[] faults) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < faults.length; i++) {
            nodes.add(Node.at("n" + i, "r" + i / 2, "p").withHistory(30, Map.of("gpu", faults[i])));
        }
        return new Inventory(nodes);
    }

    /** 200 healthy nodes of 200 days, of which three have failed often, one that is out, spares. */
    private static Inventory fleet(int spares) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int faults = i == 3 ? 40 : i == 1 || i == 2 ? 30 : 0;
            NodeState state = i == 2 ? NodeState.SUSPECT : NodeState.ACTIVE;
            nodes.add(
                    Node.at("n" + i, "r" + i / 2, "p")
                            .withState(state)
                            .withHistory(200, Map.of("gpu", faults)));
        }
        nodes.add(
                Node.at("out", "r", "p")
                        .withState(NodeState.REPAIR)
                        .withHistory(200, Map.of("gpu", 50)));
        for (int i = 0; i < spares; i++) {
            nodes.add(Node.at("s" + i, "r", "p").withState(NodeState.SPARE));
        }
        return new Inventory(nodes);
    }
}
