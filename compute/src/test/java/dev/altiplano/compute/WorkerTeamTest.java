package dev.altiplano.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkerTeamTest {
    @ParameterizedTest(name = "{0} threads")
    @ValueSource(ints = {1, 2, 3, 7})
    void runsEveryIndexOnce(int threads) {
        SplittableRandom random = new SplittableRandom(threads);
        try (WorkerTeam team = new WorkerTeam(threads)) {
            for (int job = 0; job < 300; job++) {
                int count = random.nextInt(50);
                AtomicIntegerArray runs = new AtomicIntegerArray(count);

                team.run(
                        count,
                        random.nextInt(1, 9),
                        (from, to, worker) -> {
                            for (int i = from; i < to; i++) {
                                runs.incrementAndGet(i);
                            }
                        });

                for (int i = 0; i < count; i++) {
                    assertThat(runs.get(i)).isOne();
                }
            }
        }
    }

    @Test
    void whatATaskWroteIsVisibleToTheCaller() {
        int[] plain = new int[1000];
        try (WorkerTeam team = new WorkerTeam(3)) {
            for (int job = 1; job < 200; job++) {
                int written = job;
                team.run(
                        plain.length,
                        7,
                        (from, to, worker) -> Arrays.fill(plain, from, to, written));
                assertThat(plain).containsOnly(written);
            }
        }
    }

    @Test
    void noWorkerRunsTwoChunksAtATime() {
        AtomicIntegerArray inside = new AtomicIntegerArray(3);
        try (WorkerTeam team = new WorkerTeam(3)) {
            team.run(
                    2000,
                    1,
                    (from, to, worker) -> {
                        assertThat(inside.incrementAndGet(worker)).isOne();
                        inside.decrementAndGet(worker);
                    });
        }
    }

    @ParameterizedTest(name = "{0} threads")
    @ValueSource(ints = {2, 3, 7})
    void theOthersDoTheWorkOfAWorkerThatIsHeldUp(int threads) {
        int chunks = 40;
        CountDownLatch others = new CountDownLatch(chunks - 1);
        try (WorkerTeam team = new WorkerTeam(threads)) {
            team.run(
                    chunks,
                    1,
                    (from, to, worker) -> {
                        if (from == chunks - chunks / threads) { // where the last worker begins
                            awaitUninterrupted(others);
                        } else {
                            others.countDown();
                        }
                    });
        }
        assertThat(others.getCount()).isZero();
    }

    @ParameterizedTest(name = "{0} threads")
    @ValueSource(ints = {1, 2, 3})
    void whatATaskThrowsReachesTheCallerAndTheTeamGoesOn(int threads) {
        try (WorkerTeam team = new WorkerTeam(threads)) {
            assertThatThrownBy(
                            () ->
                                    team.run(
                                            100,
                                            1,
                                            (from, to, worker) -> {
                                                if (from <= 63 && 63 < to) {
                                                    throw new InternalError("a fault");
                                                }
                                            }))
                    .isInstanceOf(InternalError.class)
                    .hasMessage("a fault");

            int[] sum = new int[threads];
            team.run(100, 1, (from, to, worker) -> sum[worker] += to - from);
            assertThat(Arrays.stream(sum).sum()).isEqualTo(100);
        }
    }

    @Test
    void workersThatSleptWakeUp() throws InterruptedException {
        try (WorkerTeam team = new WorkerTeam(2)) {
            for (int job = 0; job < 5; job++) {
                // Each side waits for the other: this ends only if a second thread takes part.
                CountDownLatch both = new CountDownLatch(2);
                team.run(
                        2,
                        1,
                        (from, to, worker) -> {
                            both.countDown();
                            awaitUninterrupted(both);
                        });
                assertThat(both.getCount()).isZero();
            }
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesASecondCaller() {
        try (WorkerTeam team = new WorkerTeam(2)) {
            team.run(
                    4,
                    1,
                    (from, to, worker) ->
                            assertThatThrownBy(() -> team.run(4, 1, (f, t, w) -> {}))
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessageContaining("another caller"));
        }
    }

    @Test
    void refusesWorkAfterItWasClosed() {
        WorkerTeam team = new WorkerTeam(2);
        team.close();
        team.close();
        assertThatThrownBy(() -> team.run(4, 1, (from, to, worker) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, WorkerTeam.THREADS_MAX + 1})
    void refusesAbsurdNumbersOfThreads(int threads) {
        assertThatThrownBy(() -> new WorkerTeam(threads))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found " + threads);
    }
}
