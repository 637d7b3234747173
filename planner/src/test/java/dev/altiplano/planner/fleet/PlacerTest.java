package dev.altiplano.planner.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.problem.PlannerException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlacerTest {
    /** Llama 3 on 8 pods of 192 racks of two hosts. */
    private static final Inventory LLAMA3 = Inventory.uniform(3_072, 2, 384);

    @Test
    void keepsBlocksInsidePodsAndTakesTheFewestPods() {
        Placement placement = new Placer(LLAMA3).place(job("405b", 16, 128, 128)).orElseThrow();

        // 2,048 nodes are five and a third pods of 384.
        assertThat(placement.blocks()).hasSize(128);
        assertThat(placement.pods()).isEqualTo(6);
        assertThat(placement.groupsAcrossRacks()).isZero();
        assertThat(placement.nodes().map(Node::name).distinct()).hasSize(2_048);
        assertThat(placement.blocks())
                .allMatch(
                        block -> block.nodes().stream().allMatch(n -> n.pod().equals(block.pod())));
        assertThat(placement.bytesAbovePodsPerStep())
                .isCloseTo(6 * 2 * 127.0 / 128 * 1e9 * 128, within(1.0));
    }

    @Test
    void aJobInOnePodSendsNothingAbove() {
        Placement placement = new Placer(LLAMA3).place(job("small", 16, 128, 24)).orElseThrow();

        assertThat(placement.pods()).isEqualTo(1);
        assertThat(placement.bytesAbovePodsPerStep()).isZero();
    }

    @Test
    void takesTheTightestPodThatHoldsAll() {
        Set<String> gone = names(0, 300);
        Placer placer = new Placer(LLAMA3.withState(gone, NodeState.REPAIR));

        Placement placement = placer.place(job("small", 16, 128, 5)).orElseThrow();

        assertThat(placement.blocks()).allMatch(block -> block.pod().equals("p0"));
    }

    @Test
    void placesAllOfAJobOrNothing() {
        Placer placer = new Placer(LLAMA3);

        assertThat(placer.place(job("too-big", 16, 128, 193))).isEmpty();
        assertThat(placer.place(job("a", 16, 128, 192))).isPresent();
        assertThat(placer.place(job("b", 8, 8, 1))).isEmpty();
        assertThat(placer.largest(job("b", 8, 8, 1))).isEmpty();
    }

    @Test
    void countsGroupsThatDoNotFitARack() {
        Placement placement = new Placer(LLAMA3).place(job("wide", 64, 128, 4)).orElseThrow();

        // Eight nodes a group, two a rack.
        assertThat(placement.groupsAcrossRacks()).isEqualTo(8);
    }

    @Test
    void sharesANodeAmongReplicasSmallerThanOne() {
        JobShape tiny = new JobShape("tiny", 2, 2, 2, 10, 8, 1e9);

        assertThat(new Placer(LLAMA3).place(tiny).orElseThrow().nodes()).hasSize(3);
    }

    @Test
    void spreadsSparesOverPodsInProportion() {
        Set<String> gone = names(0, 192);
        Placer placer = new Placer(LLAMA3.withState(gone, NodeState.DRAINED));

        Map<String, Long> perPod =
                placer.spreadSpares(30).stream()
                        .collect(Collectors.groupingBy(Node::pod, Collectors.counting()));

        assertThat(perPod.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(30);
        assertThat(perPod.get("p0")).isEqualTo(2);
        assertThat(perPod)
                .hasSize(8)
                .allSatisfy((pod, count) -> assertThat(count).isBetween(2L, 4L));
    }

    @Test
    void swapsFromTheRackThenThePodThenAnywhere() {
        Node failed = Node.at("x", "r1", "p1");
        Node rack = Node.at("a", "r1", "p1");
        Node pod = Node.at("b", "r2", "p1");
        Node far = Node.at("c", "r1", "p2");

        assertThat(Placer.nearest(failed, List.of(far, pod, rack))).contains(rack);
        assertThat(Placer.nearest(failed, List.of(far, pod))).contains(pod);
        assertThat(Placer.nearest(failed, List.of(far))).contains(far);
        assertThat(Placer.nearest(failed, List.of())).isEmpty();
    }

    @Test
    void pricesASwapByHowFarItReaches() {
        SwapCost cost = new SwapCost(100, 1e9, 5e-6, 50e9, 7);

        assertThat(cost.stepSeconds(Nearness.SAME_RACK)).isZero();
        assertThat(cost.stepSeconds(Nearness.SAME_POD)).isCloseTo(5e-4, within(1e-12));
        assertThat(cost.stepSeconds(Nearness.OTHER_POD)).isCloseTo(1e-3 + 0.12, within(1e-12));
    }

    /** What is claimed must be there: each claim is taken node by node. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void neverClaimsABlockThatIsNotThereWithOnePercentDrained(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Set<String> drained = new HashSet<>();
        while (drained.size() < 31) {
            drained.add("n" + random.nextInt(3_072));
        }
        Inventory inventory = LLAMA3.withState(drained, NodeState.DRAINED);

        new Placer(inventory)
                .freeBlocksBySize()
                .forEach((size, count) -> takeAll(inventory, drained, size, count));
        JobShape largest = new Placer(inventory).largest(job("405b", 16, 128, 1)).orElseThrow();
        takeAll(inventory, drained, largest.nodesPerBlock(), largest.blocks());
        assertThat(new Placer(inventory).place(largest.withReplicas(largest.replicas() + 1)))
                .isEmpty();
    }

    private static void takeAll(Inventory inventory, Set<String> drained, int size, int count) {
        JobShape blocks = job("blocks", 8, 8 * size, count);
        Placement placement = new Placer(inventory).place(blocks).orElseThrow();

        assertThat(placement.blocks()).hasSize(count);
        Set<String> names = placement.nodes().map(Node::name).collect(Collectors.toSet());
        assertThat(names.size()).isEqualTo(size * count);
        assertThat(names.stream().noneMatch(drained::contains)).isTrue();
        assertThat(placement.blocks())
                .allMatch(
                        block -> block.nodes().stream().allMatch(n -> n.pod().equals(block.pod())));
    }

    @ParameterizedTest(name = "tp {0}, group {1}, block {2}")
    @CsvSource({"16, 16, 128", "8, 12, 128", "8, 16, 100", "8, 8, 12", "0, 8, 8"})
    void refusesShapesThatDoNotDivide(int tp, int group, int block) {
        assertThatThrownBy(() -> new JobShape("odd", tp, group, block, 1, 8, 0))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("odd");
    }

    private static JobShape job(String name, int group, int block, int replicas) {
        return new JobShape(name, 8, group, block, replicas, 8, 1e9);
    }

    private static Set<String> names(int from, int until) {
        Set<String> names = new HashSet<>();
        for (int i = from; i < until; i++) {
            names.add("n" + i);
        }
        return names;
    }
}
