package dev.altiplano.planner.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.step.Layout;
import dev.altiplano.planner.step.ModelShape;
import dev.altiplano.planner.step.Models;
import dev.altiplano.planner.step.Schedule;
import dev.altiplano.planner.step.StepModel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LayoutSearchTest {
    private static final StepModel LLAMA = Models.on(Models.LLAMA_405B, 8192);
    private static final StepModel SMALL = Models.on(Models.LLAMA_8B, 8192);
    private static final StepModel SCOUT = Models.on(Models.SCOUT, 8192);

    @Test
    void findsThePublishedLayoutOfLlama3NearTheBest() {
        Layout published = Layout.dense(8, 1, 16, 128, 8, 1);
        SearchResult result = search(request(LLAMA, 16384, BatchRange.fixed(2048), 1));
        double best = result.best().getFirst().step().seconds();

        assertThat(LLAMA.step(published, 16).seconds() / best).isBetween(1.0, 1.02);
        assertThat(result.best()).hasSizeBetween(2, 20).isSortedAccordingTo(Candidate.ORDER);
        assertThat(result.timedOut()).isFalse();
    }

    @Test
    void allItGivesAreSound() {
        SearchResult result =
                search(request(SCOUT, 512, new BatchRange(500, 1100), 8).toAllSchedules());

        assertThat(result.front()).isNotEmpty();
        assertThat(result.best()).isNotEmpty().allSatisfy(LayoutSearchTest::assertSound);
        assertThat(result.front()).allSatisfy(LayoutSearchTest::assertSound);
    }

    @Test
    void noneOfTheFrontCoversAnother() {
        List<Candidate> front = search(request(SMALL, 256, BatchRange.fixed(512), 4)).front();

        assertThat(front).hasSizeGreaterThan(1);
        for (Candidate one : front) {
            assertThat(front.stream().filter(other -> !other.equals(one) && other.covers(one)))
                    .isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} threads")
    @ValueSource(ints = {2, 3, 7})
    void theAnswerDoesNotDependOnTheThreads(int threads) {
        SearchRequest request = request(SCOUT, 1000, new BatchRange(700, 2000), 4).build();

        SearchResult one = new LayoutSearch(1, System::nanoTime).search(request);
        SearchResult many = new LayoutSearch(threads, System::nanoTime).search(request);

        assertThat(many).isEqualTo(one);
    }

    /** Every layout of a small space, without pruning. */
    @Test
    void agreesWithTryingEverything() {
        ModelShape tiny = ModelShape.dense(8, 1024, 4096, 8, 8, 32000);
        StepModel model = Models.on(tiny, 2048);
        SearchResult result = search(request(model, 16, BatchRange.fixed(32), 1));
        double best = Double.POSITIVE_INFINITY;
        LayoutChecks checks = new LayoutChecks(model, 16, 32, List.of());
        for (int tp : new int[] {1, 2, 4, 8}) {
            for (int pp : new int[] {1, 2, 3, 4, 5, 8}) {
                for (int v : new int[] {1, 2, 4, 8}) {
                    for (int dp = 1; dp <= 16; dp++) {
                        for (int micro : new int[] {1, 2, 4, 8}) {
                            Layout layout = Layout.dense(tp, 1, pp, dp, v, micro);
                            boolean isSound =
                                    checks.all(layout).stream()
                                            .allMatch(p -> p.message().contains("would fit"));
                            if (layout.gpus() <= 16 && 32 % (dp * micro) == 0 && isSound) {
                                long m = layout.microBatches(32);
                                best = Math.min(best, model.step(layout, m).seconds());
                            }
                        }
                    }
                }
            }
        }

        assertThat(result.best().getFirst().step().seconds()).isEqualTo(best);
    }

    @Test
    void saysThatTheBatchIsTooSmallForTheCluster() {
        SearchResult result = search(request(LLAMA, 100_000, BatchRange.fixed(2048), 1));

        assertThat(kinds(result))
                .contains(
                        Finding.Kind.BATCH_TOO_SMALL,
                        Finding.Kind.IDLE_GPUS,
                        Finding.Kind.NEAREST_BATCH);
        assertThat(result.best().getFirst().gpus()).isLessThan(90_000);
    }

    @Test
    void aRangeOfBatchesUsesMoreOfTheCluster() {
        SearchResult result = search(request(LLAMA, 100_000, new BatchRange(2048, 8192), 1));

        assertThat(result.best().getFirst().gpus()).isGreaterThan(95_000);
        assertThat(result.best().getFirst().batchSequences()).isBetween(2048L, 8192L);
    }

    @Test
    void keepsTheSparesOut() {
        SearchRequest all = request(SMALL, 128, BatchRange.fixed(128), 1).build();
        SearchRequest spared =
                new SearchRequest(
                        all.step(),
                        128,
                        64,
                        all.batch(),
                        1,
                        all.schedules(),
                        1400,
                        List.of(),
                        all.timeout());

        SearchResult result = new LayoutSearch(2, System::nanoTime).search(spared);

        assertThat(result.best()).allSatisfy(c -> assertThat(c.gpus()).isLessThanOrEqualTo(64));
    }

    @Test
    void keepsTheRulesOfAnEngine() {
        LayoutRule noTensorParallel =
                (layout, microBatches) ->
                        layout.tp() > 1
                                ? Optional.of(Problem.of(ErrorCode.E501, "no tp"))
                                : Optional.empty();
        SearchRequest plain = request(SMALL, 64, BatchRange.fixed(64), 1).build();
        SearchRequest ruled =
                new SearchRequest(
                        plain.step(),
                        64,
                        0,
                        plain.batch(),
                        1,
                        plain.schedules(),
                        1400,
                        List.of(noTensorParallel),
                        plain.timeout());

        SearchResult result = new LayoutSearch(2, System::nanoTime).search(ruled);

        assertThat(result.best()).isNotEmpty().allMatch(c -> c.layout().tp() == 1);
        assertThat(result.counts().refused()).isPositive();
    }

    @Test
    void saysWhenNothingFits() {
        SearchResult result = search(request(LLAMA, 8, BatchRange.fixed(8), 1));

        assertThat(result.best()).isEmpty();
        assertThat(kinds(result)).containsExactly(Finding.Kind.NOTHING_FITS);
    }

    @Test
    void stopsAtItsTimeLimitAndSaysSo() {
        AtomicLong clock = new AtomicLong();
        SearchRequest request = request(LLAMA, 16384, BatchRange.fixed(2048), 1).build();

        SearchResult result =
                new LayoutSearch(2, () -> clock.getAndAdd(Duration.ofSeconds(1).toNanos()))
                        .search(request);

        assertThat(result.timedOut()).isTrue();
    }

    private static void assertSound(Candidate candidate) {
        LayoutChecks checks =
                new LayoutChecks(SCOUT, candidate.gpus(), candidate.batchSequences(), List.of());

        assertThat(checks.all(candidate.layout())).isEmpty();
        assertThat(candidate.batchSequences()).isBetween(500L, 1100L);
        assertThat(candidate.gpus()).isLessThanOrEqualTo(512);
        assertThat(SCOUT.step(candidate.layout(), candidate.microBatches()))
                .isEqualTo(candidate.step());
    }

    private static Set<Finding.Kind> kinds(SearchResult result) {
        EnumSet<Finding.Kind> kinds = EnumSet.noneOf(Finding.Kind.class);
        result.findings().forEach(finding -> kinds.add(finding.kind()));
        return kinds;
    }

    private static SearchResult search(Wanted wanted) {
        return new LayoutSearch(2, System::nanoTime).search(wanted.build());
    }

    private static Wanted request(StepModel model, long gpus, BatchRange batch, int contextMax) {
        return new Wanted(model, gpus, batch, contextMax, SearchRequest.ESTABLISHED);
    }

    private record Wanted(
            StepModel model, long gpus, BatchRange batch, int contextMax, Set<Schedule> schedules) {
        Wanted toAllSchedules() {
            return new Wanted(model, gpus, batch, contextMax, EnumSet.allOf(Schedule.class));
        }

        SearchRequest build() {
            return new SearchRequest(
                    model,
                    gpus,
                    0,
                    batch,
                    contextMax,
                    schedules,
                    1400,
                    List.of(),
                    Duration.ofMinutes(5));
        }
    }
}
