package dev.altiplano.planner.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.step.ActivationForm;
import dev.altiplano.planner.step.Layout;
import dev.altiplano.planner.step.ModelShape;
import dev.altiplano.planner.step.Models;
import dev.altiplano.planner.step.Schedule;
import dev.altiplano.planner.step.StepConstants;
import dev.altiplano.planner.step.StepModel;
import dev.altiplano.planner.step.Stragglers;
import dev.altiplano.planner.step.TrainingSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LayoutChecksTest {
    @ParameterizedTest(name = "tp {0} cp {1} pp {2} dp {3} at {4} tokens")
    @CsvSource({"8, 1, 16, 128, 8192", "8, 16, 16, 8, 131072"})
    void takesThePublishedLayouts(int tp, int cp, int pp, int dp, int sequence) {
        StepModel model = Models.on(Models.LLAMA_405B, sequence);
        Layout layout = Layout.dense(tp, cp, pp, dp, 8, 1);

        assertThat(new LayoutChecks(model, 16384, 16_777_216 / sequence, List.of()).all(layout))
                .isEmpty();
    }

    @Test
    void refusesTheMisprintedDataParallelDegree() {
        StepModel model = Models.on(Models.LLAMA_405B, 131072);
        Layout layout = Layout.dense(8, 16, 16, 4, 8, 1);

        assertThat(first(model, 16384, 128, layout))
                .isEqualTo(
                        "E101 layout does not multiply: tp 8 x cp 16 x pp 16 x dp 4 = 8192, cluster.gpus = 16384 (dp 8 would fit)");
    }

    @Test
    void refusesMoreThanTheClusterHas() {
        assertThat(first(llama(), 8192, 2048, Layout.dense(8, 1, 16, 128, 8, 1)))
                .startsWith("E101")
                .endsWith("(dp 64 would fit)");
        assertThat(first(llama(), 64, 2048, Layout.dense(8, 1, 16, 1, 8, 1)))
                .endsWith("(no dp would fit; lower tp, cp or pp)");
    }

    @Test
    void namesTheNearestBatches() {
        assertThat(first(llama(), 100_000, 2048, Layout.dense(8, 1, 16, 781, 1, 1)))
                .isEqualTo(
                        "E102 batch 16777216 tokens = 2048 sequences is not a multiple of dp 781 x micro 1; nearest 1562 or 2343 sequences, or dp 512 (34464 GPUs idle)");
    }

    @Test
    void saysByHowMuchItDoesNotFitAndWhatWouldHelp() {
        TrainingSpec fused = TrainingSpec.of(8192).with(ActivationForm.FUSED, true);
        StepModel model =
                new StepModel(
                        Models.LLAMA_405B,
                        Models.H100,
                        Models.PODS,
                        fused,
                        StepConstants.FITTED,
                        Stragglers.NONE);

        assertThat(first(model, 16384, 2048, Layout.dense(8, 1, 16, 128, 8, 1)))
                .matches(
                        "E103 does not fit: 100\\.8 GiB of 79\\.6 GiB on stage 0 \\(activations \\d+\\.\\d\\); try recompute full \\(-\\d+\\.\\d\\), pp 32");
    }

    @Test
    void keepsTensorParallelismInTheLinkDomain() {
        assertThat(first(llama(), 16384, 2048, Layout.dense(16, 1, 16, 64, 1, 1)))
                .isEqualTo("E104 tp 16 is larger than the link domain 8 of hgx-h100");
    }

    @Test
    void dividesHeadsAndExperts() {
        StepModel scout = Models.on(Models.SCOUT, 8192);
        ModelShape narrow = ModelShape.dense(32, 5120, 14336, 40, 8, 128256);

        assertThat(all(Models.on(narrow, 8192), 4096, 256, Layout.dense(16, 1, 1, 256, 1, 1)))
                .contains("E105 heads 40 not divisible by tp 16");
        assertThat(all(scout, 96, 12, Layout.dense(8, 1, 1, 12, 1, 1).withExperts(12, 1)))
                .contains("E106 experts 16 not divisible by ep 12");
        assertThat(all(scout, 64, 64, Layout.dense(8, 1, 1, 8, 1, 1).withExperts(16, 4)))
                .contains("E107 expert tp 4 is neither 1 nor tp 8");
        assertThat(all(scout, 8, 8, Layout.dense(1, 1, 1, 8, 1, 1).withExperts(16, 1)))
                .contains("E107 dp x cp x tp = 8 not divisible by ep 16 x expert tp 1");
    }

    @Test
    void refusesSchedulesThatCannotRun() {
        assertThat(all(llama(), 16384, 2048, Layout.dense(8, 1, 16, 128, 16, 1)))
                .contains(
                        "E107 pp 16 x v 16 is more than the 126 layers and the vocabulary at both ends");
        assertThat(all(llama(), 8192, 1536, Layout.dense(8, 1, 16, 64, 8, 1)))
                .contains(
                        "E107 24 micro-batches are not a multiple of pp 16, as the interleaved schedule needs");
        assertThat(
                        all(
                                llama(),
                                16384,
                                2048,
                                Layout.dense(8, 1, 16, 128, 1, 1).with(Schedule.ZB_H2)))
                .contains("E107 16 micro-batches are too few for ZB_H2 at pp 16, which needs 31");
    }

    @Test
    void asksTheEnginesOwnRules() {
        LayoutRule even =
                (layout, microBatches) ->
                        layout.dp() > 64
                                ? Optional.of(Problem.of(ErrorCode.E501, "dp above 64"))
                                : Optional.empty();
        LayoutChecks checks = new LayoutChecks(llama(), 16384, 2048, List.of(even));

        assertThat(checks.first(Layout.dense(8, 1, 16, 128, 8, 1)))
                .hasValueSatisfying(
                        problem -> assertThat(problem.code()).isEqualTo(ErrorCode.E501));
    }

    private static StepModel llama() {
        return Models.on(Models.LLAMA_405B, 8192);
    }

    private static String first(StepModel model, long gpus, long sequences, Layout layout) {
        return new LayoutChecks(model, gpus, sequences, List.of())
                .first(layout)
                .orElseThrow()
                .toString();
    }

    private static List<String> all(StepModel model, long gpus, long sequences, Layout layout) {
        return new LayoutChecks(model, gpus, sequences, List.of())
                .all(layout).stream().map(Problem::toString).toList();
    }
}
