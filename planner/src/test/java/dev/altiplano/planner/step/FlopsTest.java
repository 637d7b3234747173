package dev.altiplano.planner.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FlopsTest {
    @Test
    void countsLlama8bAsTorchtitanDoes() {
        assertThat(Flops.perToken(Models.LLAMA_8B, 8192, FlopsConvention.FULL))
                .isCloseTo(57_914_449_920.0, withinPercentage(0.003));
    }

    @Test
    void countsTheRunOfLlama405b() {
        assertThat(Flops.sixNd(Models.LLAMA_405B.parameters(), 15.6e12))
                .isCloseTo(3.8e25, withinPercentage(0.5));
    }

    @ParameterizedTest(name = "{0} tokens/s and GPU are {1} MFU")
    @CsvSource({"5605, 0.33, 0.005", "5762, 0.33, 0.01", "6667, 0.39, 0.005"})
    void givesTorchtitansMfu(double tokensPerSecond, double expected, double tolerance) {
        double flops = Flops.perToken(Models.LLAMA_8B, 8192, FlopsConvention.FULL);
        Utilisation mfu = Utilisation.mfu(tokensPerSecond, 1, flops, FlopsConvention.FULL, 989e12);

        assertThat(mfu.fraction()).isCloseTo(expected, within(tolerance));
        assertThat(mfu.toString()).contains("MFU", "full", "989");
    }

    @ParameterizedTest(name = "{0} layers of {1}: {6}")
    @CsvSource({
        "48, 6144, 64, 4, 1.1, 8, 0.415",
        "96, 12288, 96, 64, 13.75, 64, 0.514",
        "105, 20480, 128, 280, 37.83, 280, 0.560",
        "128, 25600, 160, 512, 71.49, 512, 0.563"
    })
    void givesTheMfuOfTheGptRows(
            int layers,
            int hidden,
            int heads,
            int batch,
            double seconds,
            int gpus,
            double expected) {
        ModelShape gpt = gpt(layers, hidden, heads);
        double flops = Flops.perToken(gpt, 2048, FlopsConvention.GPT_FULL);
        double tokensPerSecond = batch * 2048 / seconds;

        assertThat(
                        Utilisation.mfu(
                                        tokensPerSecond,
                                        gpus,
                                        flops,
                                        FlopsConvention.GPT_FULL,
                                        312e12)
                                .fraction())
                .isCloseTo(expected, within(0.003));
    }

    @Test
    void givesTheGptFormWithFullRecomputation() {
        ModelShape gpt = gpt(96, 12288, 96);
        double d = 12288;
        double expected = 96 * 96 * d * d * (1 + 2048 / (6 * d) + 51200 / (16 * 96 * d));

        assertThat(Flops.hardwarePerToken(gpt, 2048, FlopsConvention.GPT_FULL, Recompute.FULL))
                .isCloseTo(expected, withinPercentage(0.1));
    }

    @Test
    void addsTheAttentionCoreForSelectiveRecomputation() {
        double plain = Flops.perToken(Models.LLAMA_8B, 8192, FlopsConvention.FULL);
        double selective =
                Flops.hardwarePerToken(
                        Models.LLAMA_8B, 8192, FlopsConvention.FULL, Recompute.SELECTIVE);

        assertThat(selective - plain).isEqualTo(4.0 * 8192 * 4096 * 32);
    }

    @Test
    void limitsChunkedLayersToTheirChunk() {
        AttentionPattern pattern = new AttentionPattern(8192, 4);

        assertThat(pattern.keysOfAllLayers(48, 32768, false)).isEqualTo(36 * 8192 + 12 * 32768);
        assertThat(pattern.keysOfAllLayers(48, 32768, true)).isEqualTo(36 * 4096 + 12 * 16384);
        assertThat(pattern.keysOfAllLayers(48, 4096, true)).isEqualTo(48 * 2048);
    }

    @Test
    void countsTheKeysOfAWindow() {
        assertThat(AttentionPattern.windowKeys(4, 8, true)).isEqualTo(4 - 4 * 3 / 16.0);
        assertThat(AttentionPattern.windowKeys(4, 8, false)).isEqualTo(4);
    }

    @Test
    void countsLessForALowRankAdapter() {
        assertThat(Flops.loraPerToken(8e9, 1e7)).isEqualTo(4 * 8e9 + 6e7);
    }

    @Test
    void explainsLlama3sMfuByItsBubble() {
        Utilisation before =
                new Utilisation(0.43, Utilisation.Kind.MFU, FlopsConvention.NO_ATTENTION, 989e12);

        assertThat(before.withBubble(16, 8, 32, 16).fraction()).isCloseTo(0.41, within(0.007));
    }

    @Test
    void lowersTheEffectivePeakByTheShareLeftInBf16() {
        assertThat(Models.H100.effectivePeakFlops(0)).isCloseTo(989e12, withinPercentage(1e-9));
        assertThat(Models.H100.effectivePeakFlops(0.8))
                .isCloseTo(1 / (0.8 / 1979e12 + 0.2 / 989e12), withinPercentage(1e-9));
    }

    @Test
    void dividesARunIntoThePhasesOfItsBatch() {
        BatchSchedule schedule =
                new BatchSchedule(
                        java.util.List.of(
                                new BatchSchedule.Phase(0, 4096 * 1024, 4096),
                                new BatchSchedule.Phase(252e6, 8192 * 1024, 8192),
                                new BatchSchedule.Phase(2.87e12, 16384 * 1024, 8192)));

        assertThat(schedule.steps(15.6e12)).hasSize(3);
        assertThat(schedule.steps(15.6e12).stream().mapToDouble(s -> s.tokens()).sum())
                .isEqualTo(15.6e12);
        assertThat(schedule.steps(1e9)).hasSize(2);
    }

    private static ModelShape gpt(int layers, int hidden, int heads) {
        return new ModelShape(
                layers,
                hidden,
                4 * hidden,
                heads,
                heads,
                hidden / heads,
                51200,
                true,
                2,
                MoeShape.NONE,
                AttentionPattern.FULL,
                0);
    }
}
