package dev.altiplano.planner.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.planner.problem.PlannerException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class JobQueueTest {
    private static final double NO_CAP = 1e12;
    private static final Inventory SIXTEEN = Inventory.uniform(16, 2, 8);

    @Test
    void startsByPriorityThenAge() {
        QueuePlan plan =
                plan(
                        job("late", 1, 16, 0, 100),
                        job("first", 2, 16, 0, 100),
                        job("b", 1, 16, 0, 10));

        assertThat(plan.slices())
                .extracting(QueuePlan.Slice::job)
                .containsExactly("first", "b", "late");
        assertThat(plan.of("late").getFirst().fromMicros()).isEqualTo(110);
    }

    @Test
    void aSmallerJobFillsWhatALargerOneLeaves() {
        QueuePlan plan =
                plan(job("large", 2, 12, 0, 100), job("wide", 1, 8, 0, 50), job("s", 0, 4, 0, 50));

        assertThat(plan.of("s").getFirst().fromMicros()).isZero();
        assertThat(plan.of("wide").getFirst().fromMicros()).isEqualTo(100);
    }

    @Test
    void preemptsOnlyAtACheckpointAndLosesNoWork() {
        QueuePlan plan = plan(job("low", 0, 16, 0, 100), job("high", 9, 16, 25, 30));

        List<QueuePlan.Slice> low = plan.of("low");
        assertThat(low.getFirst().end()).isEqualTo(QueuePlan.End.PREEMPTED);
        assertThat(low.getFirst().untilMicros()).isEqualTo(30);
        assertThat(plan.of("high").getFirst().fromMicros()).isEqualTo(30);
        assertThat(low.get(1).fromMicros()).isEqualTo(60);
        assertThat(low.get(1).untilMicros()).isEqualTo(130);
    }

    @Test
    void sitePowerIsAResourceLikeNodes() {
        QueuedJob a = new QueuedJob(shape("a", 4), 1, 0, 100, 10, 60e3);
        QueuedJob b = new QueuedJob(shape("b", 4), 0, 0, 100, 10, 60e3);
        QueuedJob c = new QueuedJob(shape("c", 4), 0, 0, 100, 10, 30e3);
        QueuedJob d = new QueuedJob(shape("d", 4), 0, 0, 100, 10, 101e3);

        QueuePlan plan = JobQueue.plan(SIXTEEN, List.of(a, b, c, d), List.of(), 100e3);

        assertThat(plan.of("b").getFirst().fromMicros()).isEqualTo(100);
        assertThat(plan.of("c").getFirst().fromMicros()).isZero();
        assertThat(plan.refused()).containsOnlyKeys("d");
    }

    @Test
    void leavesNodesAtTheLastCheckpointBeforeAMaintenance() {
        Set<String> all = SIXTEEN.nodes().stream().map(Node::name).collect(Collectors.toSet());
        MaintenanceWindow window = new MaintenanceWindow(all, 45, 60);

        QueuePlan plan =
                JobQueue.plan(SIXTEEN, List.of(job("a", 0, 16, 0, 100)), List.of(window), NO_CAP);

        List<QueuePlan.Slice> slices = plan.of("a");
        assertThat(slices.getFirst().untilMicros()).isEqualTo(40);
        assertThat(slices.getFirst().end()).isEqualTo(QueuePlan.End.MAINTENANCE);
        assertThat(slices.get(1).fromMicros()).isEqualTo(60);
        assertThat(slices.get(1).untilMicros()).isEqualTo(120);
    }

    @Test
    void refusesAJobThatNoPodHoldsAndSaysWhy() {
        QueuedJob job = new QueuedJob(new JobShape("x", 8, 8, 72, 1, 8, 0), 0, 0, 1, 1, 0);

        assertThat(JobQueue.plan(SIXTEEN, List.of(job), List.of(), NO_CAP).refused())
                .containsEntry("x", "needs 1 blocks of 9 nodes, the cluster has 0");
    }

    @Test
    void refusesTwoJobsOfOneName() {
        assertThatThrownBy(() -> plan(job("a", 0, 1, 0, 1), job("a", 0, 1, 0, 1)))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("different names");
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    /** Random queues: no node twice, no watt too many, no closed node, all work done once. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsEveryLimitAtEveryMoment(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<QueuedJob> jobs = new ArrayList<>();
        for (int i = random.nextInt(1, 15); i > 0; i--) {
            jobs.add(
                    new QueuedJob(
                            shape("j" + i, random.nextInt(1, 17)),
                            random.nextInt(4),
                            random.nextInt(200),
                            random.nextInt(1, 200),
                            random.nextInt(1, 50),
                            random.nextInt(100)));
        }
        List<MaintenanceWindow> windows = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            int from = random.nextInt(400);
            Set<String> nodes = new HashSet<>();
            random.ints(5, 0, 16).forEach(node -> nodes.add("n" + node));
            windows.add(new MaintenanceWindow(nodes, from, from + random.nextInt(1, 60)));
        }

        QueuePlan plan = JobQueue.plan(SIXTEEN, jobs, windows, 150);

        assertThat(plan.refused()).isEmpty();
        for (QueuedJob job : jobs) {
            checkJob(job, plan.of(job.name()));
        }
        for (QueuePlan.Slice slice : plan.slices()) {
            checkMoment(plan, slice.fromMicros());
            checkWindows(slice, windows);
        }
    }

    private static void checkJob(QueuedJob job, List<QueuePlan.Slice> slices) {
        long done = slices.stream().mapToLong(s -> s.untilMicros() - s.fromMicros()).sum();
        assertThat(done).isEqualTo(job.workMicros());
        assertThat(slices.getLast().end()).isEqualTo(QueuePlan.End.FINISHED);
        for (QueuePlan.Slice slice : slices) {
            assertThat(slice.fromMicros()).isGreaterThanOrEqualTo(job.submitMicros());
            assertThat(slice.placement().nodes()).hasSize(job.shape().nodes());
            if (slice.end() != QueuePlan.End.FINISHED) {
                long length = slice.untilMicros() - slice.fromMicros();
                assertThat(length % job.checkpointMicros()).isZero();
            }
        }
    }

    private static void checkMoment(QueuePlan plan, long micros) {
        List<QueuePlan.Slice> open =
                plan.slices().stream()
                        .filter(s -> s.fromMicros() <= micros && micros < s.untilMicros())
                        .toList();
        assertThat(open.stream().mapToDouble(QueuePlan.Slice::watts).sum())
                .isLessThanOrEqualTo(150);
        assertThat(open.stream().flatMap(s -> s.placement().nodes()).map(Node::name))
                .doesNotHaveDuplicates();
    }

    private static void checkWindows(QueuePlan.Slice slice, List<MaintenanceWindow> windows) {
        for (MaintenanceWindow window : windows) {
            boolean overlaps =
                    slice.fromMicros() < window.untilMicros()
                            && window.fromMicros() < slice.untilMicros();
            if (overlaps) {
                assertThat(slice.placement().nodes().map(Node::name))
                        .doesNotContainAnyElementsOf(window.nodes());
            }
        }
    }

    private static QueuePlan plan(QueuedJob... jobs) {
        return JobQueue.plan(SIXTEEN, List.of(jobs), List.of(), NO_CAP);
    }

    /** {@code nodes} blocks of one node, a checkpoint every 10 µs. */
    private static QueuedJob job(String name, int priority, int nodes, long submit, long work) {
        return new QueuedJob(shape(name, nodes), priority, submit, work, 10, 0);
    }

    private static JobShape shape(String name, int nodes) {
        return new JobShape(name, 8, 8, 8, nodes, 8, 0);
    }
}
