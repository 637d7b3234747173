package dev.altiplano.planner.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StepModelTest {
    static List<ModelCases.Row> everyRow() {
        return ModelCases.rows(
                "step-time-seq",
                "step-time-megatron",
                "step-time-megascale",
                "step-time-llama3-full",
                "step-time-llama3-none",
                "step-time-torchtitan");
    }

    /** We also count fill and drain of the pipeline's transfers and the latency of messages. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("everyRow")
    void agreesWithAnIndependentComputation(ModelCases.Row row) {
        double seconds = ModelCases.stepSeconds(row, StepConstants.FITTED);

        assertThat(seconds / row.reference() - 1).isBetween(-0.0001, 0.012);
    }

    @ParameterizedTest(name = "{0}: mean {1}, worst {2}")
    @CsvSource({
        "step-time-seq, 0.03, 0.06",
        "step-time-megatron, 0.03, 0.06",
        "step-time-megascale, 0.06, 0.12",
        "step-time-llama3-full, 0.08, 0.12",
        "step-time-llama3-none, 0.06, 0.10"
    })
    void staysWithinThePublishedRowsTolerances(String caseId, double mean, double worst) {
        double[] errors =
                ModelCases.rows(caseId).stream()
                        .mapToDouble(StepModelTest::publishedError)
                        .toArray();

        assertThat(Arrays.stream(errors).average().orElseThrow()).isLessThan(mean);
        assertThat(Arrays.stream(errors).max().orElseThrow()).isLessThan(worst);
    }

    @ParameterizedTest(name = "{0} is {1} too fast")
    @CsvSource({"compiled, 0.09", "eager, 0.23"})
    void predictsTorchtitanAtItsPowerCapTooFast(String kind, double most) {
        List<ModelCases.Row> rows =
                ModelCases.rows("step-time-torchtitan").stream()
                        .filter(row -> row.name().contains(kind))
                        .toList();

        assertThat(rows)
                .hasSize(2)
                .allSatisfy(
                        row -> {
                            double capped =
                                    ModelCases.stepSeconds(row, StepConstants.FITTED) / 0.858;
                            assertThat(1 - capped / row.expected()).isBetween(0.0, most);
                        });
    }

    @Test
    void thePartsAddUpToTheStep() {
        StepTime step = Models.on(Models.MAVERICK, 8192).step(moe(), 32);

        assertThat(
                        step.computeSeconds()
                                + step.tpSeconds()
                                + step.cpSeconds()
                                + step.epSeconds()
                                + step.bubbleSeconds()
                                + step.ppSeconds()
                                + step.dpSeconds()
                                + step.optimizerSeconds()
                                + step.stragglerSeconds())
                .isCloseTo(step.seconds(), withinPercentage(1e-9));
    }

    @Test
    void everyAxisCostsSomething() {
        StepModel dense = Models.on(Models.LLAMA_405B, 8192);
        StepTime none = dense.step(Layout.dense(1, 1, 1, 1, 1, 1), 16);

        assertThat(none.tpSeconds() + none.cpSeconds() + none.bubbleSeconds()).isZero();
        assertThat(none.dpSeconds() + none.ppSeconds() + none.epSeconds()).isZero();
        assertThat(dense.step(Layout.dense(8, 1, 1, 1, 1, 1), 16).tpSeconds()).isPositive();
        assertThat(dense.step(Layout.dense(1, 2, 1, 1, 1, 1), 16).cpSeconds()).isPositive();
        assertThat(dense.step(Layout.dense(1, 1, 2, 1, 1, 1), 16).bubbleSeconds()).isPositive();
        assertThat(dense.step(Layout.dense(1, 1, 2, 1, 1, 1), 16).ppSeconds()).isPositive();
        assertThat(dense.step(Layout.dense(1, 1, 1, 2, 1, 1), 16).dpSeconds()).isPositive();
        assertThat(Models.on(Models.SCOUT, 8192).step(moe(), 32).epSeconds()).isPositive();
    }

    @Test
    void contextParallelismBeyondANodeIsSlowerThanItsShareOfTheWork() {
        StepModel model = Models.on(Models.LLAMA_405B, 8192);
        double one = model.step(Layout.dense(8, 1, 16, 1, 1, 1), 16).seconds();
        double many = model.step(Layout.dense(8, 32, 16, 1, 1, 1), 16).seconds();

        assertThat(many).isGreaterThan(1.5 * one / 32);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void betterHardwareNeverMakesAStepSlower(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 50; i++) {
            Layout layout = random(random);
            int microBatches = layout.pp() * random.nextInt(1, 5);
            double factor = random.nextDouble(1, 4);
            double base = step(Models.H100, 50e9, layout, microBatches);

            AcceleratorSpec faster =
                    new AcceleratorSpec(
                            factor * Models.H100.peakFlops(),
                            factor * Models.H100.peakFp8Flops(),
                            Models.H100.hbmBytes(),
                            factor * Models.H100.hbmBytesPerSecond(),
                            factor * Models.H100.linkBytesPerSecond(),
                            700,
                            1);

            assertThat(step(faster, 50e9, layout, microBatches)).isLessThanOrEqualTo(base);
            assertThat(step(Models.H100, factor * 50e9, layout, microBatches))
                    .isLessThanOrEqualTo(base);
            assertThat(step(faster, factor * 50e9, layout, microBatches))
                    .isGreaterThanOrEqualTo(base / factor * (1 - 1e-9));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void moreWorkNeverTakesLess(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StepModel model = Models.on(Models.LLAMA_70B, 8192);
        for (int i = 0; i < 50; i++) {
            Layout layout = random(random).with(Recompute.NONE);
            int microBatches = layout.pp() * random.nextInt(1, 5);
            double base = model.step(layout, microBatches).seconds();

            assertThat(model.step(layout, microBatches + layout.pp()).seconds())
                    .isGreaterThan(base);
            assertThat(model.step(layout.with(Recompute.FULL), microBatches).seconds())
                    .isGreaterThan(base);
            assertThat(model.step(layout.with(DataSharding.ZERO_3), microBatches).seconds())
                    .isGreaterThanOrEqualTo(base);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void neverBeatsItsLowerBound(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StepModel model = Models.on(Models.LLAMA_70B, 8192);
        for (int i = 0; i < 200; i++) {
            Layout layout = random(random);
            int microBatches = layout.pp() * random.nextInt(1, 5);
            double bound = model.lowerBoundSeconds(model.layer(layout), layout.pp(), microBatches);
            for (Schedule schedule : Schedule.values()) {
                int v = schedule == Schedule.INTERLEAVED ? layout.virtualStages() : 1;
                if (microBatches >= schedule.minMicroBatches(layout.pp())) {
                    Layout run = layout.with(v, layout.recompute(), schedule);
                    assertThat(model.step(run, microBatches).seconds())
                            .as("%s", run)
                            .isGreaterThanOrEqualTo(bound);
                }
            }
        }
    }

    @Test
    void withOneRankAndHugeMatmulsApproachesTheFittedShareOfThePeak() {
        ModelShape wide = ModelShape.dense(4, 1 << 17, 1 << 19, 1024, 1024, 1000);
        StepModel model = Models.on(wide, 8192);
        StepTime step = model.step(Layout.dense(1, 1, 1, 1, 1, 8), 1);
        double flops = 8 * 8192 * Flops.perToken(wide, 8192, FlopsConvention.CAUSAL);

        assertThat(flops / step.computeSeconds() / Models.H100.peakFlops()).isBetween(0.80, 0.845);
    }

    @Test
    void zeroBubbleSchedulesWaitLess() {
        StepModel model = Models.on(Models.LLAMA_70B, 8192);
        Layout plain = Layout.dense(8, 1, 8, 4, 1, 1);
        double bubble = model.step(plain, 32).bubbleSeconds();

        assertThat(model.step(plain.with(Schedule.ZB_H1), 32).bubbleSeconds())
                .isLessThan(bubble)
                .isGreaterThan(model.step(plain.with(Schedule.ZB_H2), 32).bubbleSeconds());
        assertThat(Schedule.ZB_H1.bubbleSeconds(8, 1, 1, 1, 1)).isEqualTo(7);
        assertThat(Schedule.ONE_F_ONE_B.bubbleSeconds(8, 1, 1, 1, 1)).isEqualTo(21);
        assertThat(Schedule.ZB_H2.bubbleSeconds(8, 1, 1, 1, 1)).isZero();
    }

    @Test
    void waitsForTheSlowestOfManyNodes() {
        assertThat(Stragglers.SPREAD.factor(1)).isEqualTo(1);
        assertThat(Stragglers.SPREAD.factor(2048))
                .isCloseTo(1 + 0.003 * Math.sqrt(2 * Math.log(2048)), withinPercentage(1e-9));
        assertThat(new Stragglers(0.003, 0.005, 0.1).factor(1536)).isBetween(1.09, 1.1001);
    }

    @Test
    void aFullerExpertRankSlowsTheStep() {
        assertThat(imbalanced(2).seconds()).isGreaterThan(imbalanced(1.05).seconds());
        assertThat(imbalanced(2).epSeconds()).isGreaterThan(imbalanced(1.05).epSeconds());
    }

    @Test
    void refusesAStepWithoutMicroBatches() {
        assertThatThrownBy(
                        () ->
                                Models.on(Models.LLAMA_8B, 8192)
                                        .step(Layout.dense(1, 1, 1, 1, 1, 1), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("micro-batch");
    }

    private static double publishedError(ModelCases.Row row) {
        return Math.abs(ModelCases.stepSeconds(row, StepConstants.FITTED) / row.expected() - 1);
    }

    private static Layout moe() {
        return Layout.dense(8, 2, 4, 32, 1, 1).withExperts(16, 1);
    }

    private static StepTime imbalanced(double imbalance) {
        TrainingSpec training =
                new TrainingSpec(
                        8192,
                        Precision.MIXED,
                        true,
                        ActivationForm.LEAN,
                        0,
                        1,
                        imbalance,
                        1,
                        Overlap.NONE);
        return new StepModel(
                        Models.SCOUT,
                        Models.H100,
                        Models.PODS,
                        training,
                        StepConstants.FITTED,
                        Stragglers.NONE)
                .step(moe(), 32);
    }

    private static double step(
            AcceleratorSpec accelerator, double nic, Layout layout, int microBatches) {
        FabricSpec fabric = new FabricSpec("node", 8, 8, 3072, 7, nic, 5e-6, 20e-6);
        return new StepModel(
                        Models.LLAMA_70B,
                        accelerator,
                        fabric,
                        TrainingSpec.of(8192),
                        StepConstants.FITTED,
                        Stragglers.SPREAD)
                .step(layout, microBatches)
                .seconds();
    }

    private static Layout random(SplittableRandom random) {
        int pp = 1 << random.nextInt(0, 5);
        return Layout.dense(
                        1 << random.nextInt(0, 4),
                        1 << random.nextInt(0, 4),
                        pp,
                        1 << random.nextInt(0, 8),
                        pp > 1 ? 1 << random.nextInt(0, 3) : 1,
                        1 << random.nextInt(0, 3))
                .with(random.nextBoolean() ? Recompute.NONE : Recompute.FULL);
    }
}
