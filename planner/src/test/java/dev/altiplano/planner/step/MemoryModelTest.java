package dev.altiplano.planner.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class MemoryModelTest {
    private static final Layout LLAMA_3 = Layout.dense(8, 1, 16, 128, 8, 1);

    static List<ModelCases.Row> torchtitan() {
        return ModelCases.rows("torchtitan-memory");
    }

    /** The first two differ by 0.3 %: we also keep one layer of unreduced gradients. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("torchtitan")
    void agreesWithAnIndependentComputation(ModelCases.Row row) {
        assertThat(gib(row)).isCloseTo(row.reference(), withinPercentage(0.5));
    }

    @Test
    void staysWithinTheTolerancesOfTorchtitansRows() {
        double[] errors =
                torchtitan().stream()
                        .mapToDouble(row -> Math.abs(gib(row) / row.expected() - 1))
                        .toArray();

        assertThat(java.util.Arrays.stream(errors).max().orElseThrow()).isLessThan(0.12);
        assertThat(java.util.Arrays.stream(errors).average().orElseThrow()).isLessThan(0.07);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shardedState")
    void shardsTheStatesOverTheGroup(ModelCases.Row row) {
        double small = stateGib(row.integer("from_group"));
        double large = stateGib(row.integer("to_group"));

        assertThat(small - large).isCloseTo(row.reference(), within(0.01));
        assertThat(small - large).isCloseTo(row.expected(), withinPercentage(10));
    }

    static List<ModelCases.Row> shardedState() {
        return ModelCases.rows("torchtitan-sharded-state");
    }

    @ParameterizedTest(name = "{0} layers of {1}")
    @CsvSource({
        "48, 6144, 1, 45.5625",
        "96, 12288, 8, 45.5625",
        "105, 20480, 35, 31.640625",
        "128, 25600, 64, 32.958984375"
    })
    void keepsEighteenBytesAParameter(int layers, double hidden, int pp, double expected) {
        double n = 12 * layers * hidden * hidden / (8 * pp);

        assertThat(n * Precision.MIXED.bytesPerParameter() / Models.GIB)
                .isCloseTo(expected, withinPercentage(1e-7));
    }

    @ParameterizedTest(name = "{0} layers of {1}, v {6}: {7} and {8} GiB")
    @CsvSource({
        "48, 6144, 64, 4, 8, 1, 1, 59.25, 9.5625",
        "96, 12288, 96, 1, 8, 8, 3, 66.84375, 12.3515625",
        "105, 20480, 128, 1, 8, 35, 3, 114.0234375, 23.076171875",
        "128, 25600, 160, 1, 8, 64, 1, 131.25, 26.5625"
    })
    void keepsTheActivationsOfGptLayers(
            int layers,
            double hidden,
            double heads,
            int micro,
            int tp,
            int pp,
            int v,
            double plain,
            double selective) {
        Schedule schedule = v > 1 ? Schedule.INTERLEAVED : Schedule.ONE_F_ONE_B;
        double tokens = 2048.0 * micro * layers / pp * schedule.inFlight(pp, v, 1 << 20);

        assertThat(
                        tokens
                                * LayerActivations.gptTensorParallel(hidden, heads, 2048, tp)
                                / Models.GIB)
                .isCloseTo(plain, withinPercentage(1e-7));
        assertThat(tokens * LayerActivations.gptSelective(hidden, tp) / Models.GIB)
                .isCloseTo(selective, withinPercentage(1e-7));
    }

    @ParameterizedTest
    @EnumSource(ActivationForm.class)
    void fitsLlama3WithoutRecomputationOnlyWhenLean(ActivationForm form) {
        TrainingSpec training = TrainingSpec.of(8192).with(form, true);
        MemoryEstimate estimate =
                new MemoryModel(Models.LLAMA_405B, training).estimate(LLAMA_3, 16);

        assertThat(estimate.fits(Models.H100.hbmBytes())).isEqualTo(form == ActivationForm.LEAN);
    }

    @Test
    void holdsNoMoreMicroBatchesThanThereAre() {
        assertThat(Schedule.INTERLEAVED.inFlight(16, 8, 16)).isEqualTo(16);
        assertThat(Schedule.INTERLEAVED.inFlight(8, 2, 100)).isEqualTo(8 * (1 + 7 / 16.0));
        assertThat(Schedule.INTERLEAVED.inFlight(8, 1, 100)).isEqualTo(8);
        assertThat(Schedule.ZB_H2.inFlight(8, 1, 100)).isEqualTo(15);
        assertThat(Schedule.DUAL_PIPE.inFlight(8, 1, 100)).isEqualTo(9);
    }

    @Test
    void givesTheHeadOnlyToTheLastStage() {
        List<MemoryEstimate> stages =
                new MemoryModel(Models.LLAMA_405B, TrainingSpec.of(8192)).stages(LLAMA_3, 16);

        assertThat(stages).hasSize(16);
        assertThat(stages.getLast().workingBytes()).isGreaterThan(stages.get(3).workingBytes());
        assertThat(stages.get(1).activationBytes()).isGreaterThan(stages.get(9).activationBytes());
    }

    @Test
    void stagesHoldEveryParameterOnce() {
        MemoryModel memory = new MemoryModel(Models.LLAMA_405B, TrainingSpec.of(8192));
        double weights =
                memory.stages(LLAMA_3, 16).stream()
                        .mapToDouble(stage -> stage.states().weightBytes())
                        .sum();

        assertThat(weights * 8)
                .isCloseTo(2 * Models.LLAMA_405B.parameters(), withinPercentage(1e-6));
    }

    @ParameterizedTest
    @EnumSource(DataSharding.class)
    void shardingNeverTakesMoreThanItsStageBefore(DataSharding sharding) {
        MemoryModel memory = new MemoryModel(Models.LLAMA_70B, TrainingSpec.of(8192));
        double none = memory.states(layout().with(DataSharding.ZERO_0)).sum();

        assertThat(memory.states(layout().with(sharding)).sum()).isLessThanOrEqualTo(none);
        assertThat(memory.states(layout().with(DataSharding.ZERO_3)).sum())
                .isLessThanOrEqualTo(memory.states(layout().with(sharding)).sum());
    }

    @Test
    void dividesExpertsByTheirOwnGroups() {
        Layout layout = Layout.dense(8, 1, 4, 64, 1, 1).withExperts(16, 1);

        assertThat(layout.denseReplicas()).isEqualTo(64);
        assertThat(layout.expertReplicas()).isEqualTo(64 * 8 / 16);
        assertThat(StateBytes.expertParameters(Models.MAVERICK, layout))
                .isEqualTo(Models.MAVERICK.routedParameters() / (16 * 4));
    }

    @Test
    void keepsChunkedLayersOfTheKvCacheToTheirChunk() {
        double tokens = 100_000;

        assertThat(KvCache.bytes(Models.SCOUT, tokens, 2))
                .isEqualTo(2.0 * 8 * 128 * 2 * (12 * tokens + 36 * 8192));
        assertThat(KvCache.bytes(Models.LLAMA_8B, tokens, 2))
                .isEqualTo(2.0 * 8 * 128 * 2 * 32 * tokens);
    }

    private static Layout layout() {
        return Layout.dense(8, 1, 1, 16, 1, 1);
    }

    private static double stateGib(int group) {
        Layout layout = Layout.dense(1, 1, 1, group, 1, 1).with(DataSharding.ZERO_3);
        StateBytes states =
                new MemoryModel(Models.LLAMA_8B, TrainingSpec.of(8192).with(Precision.FP32_WEIGHTS))
                        .states(layout);
        return states.sum() / Models.GIB;
    }

    private static double gib(ModelCases.Row row) {
        TrainingSpec training = TrainingSpec.of(row.integer("seq")).with(Precision.FP32_WEIGHTS);
        int c = row.integer("c", 1);
        Layout layout =
                Layout.dense(
                                row.integer("t"),
                                c,
                                row.integer("p"),
                                row.integer("dp") / c,
                                row.integer("v", 1),
                                row.integer("micro"))
                        .with(Recompute.FULL)
                        .with(
                                row.flag("held", true)
                                        ? DataSharding.FSDP_HELD
                                        : DataSharding.ZERO_3);
        return new MemoryModel(ModelCases.model(row), training).estimate(layout, 16).likelyBytes()
                / Models.GIB;
    }
}
