package dev.altiplano.model.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.compute.Shape;
import dev.altiplano.compute.quant.TensorFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TensorMixTest {
    /** Llama 3.1 8B. */
    private static final ModelFacts DENSE_32 = new ModelFacts(32, 0, false, false);

    @Test
    void givesMoreBitsToTheFirstAndLastEighthAndEveryThirdLayerBetween() {
        List<Integer> layers =
                IntStream.range(0, 32)
                        .filter(
                                layer ->
                                        choose(
                                                        FileType.Q4_K_M,
                                                        DENSE_32,
                                                        "blk.%d.ffn_down.weight".formatted(layer),
                                                        4096,
                                                        14336)
                                                == TensorFormat.Q6_K)
                        .boxed()
                        .toList();

        assertThat(layers)
                .containsExactly(0, 1, 2, 3, 6, 9, 12, 15, 18, 21, 24, 27, 28, 29, 30, 31);
    }

    @ParameterizedTest
    @CsvSource({
        "Q4_K_M, blk.0.attn_v.weight, Q6_K",
        "Q4_K_M, blk.5.attn_v.weight, Q4_K",
        "Q4_K_M, blk.0.attn_q.weight, Q4_K",
        "Q4_K_M, blk.0.attn_k.weight, Q4_K",
        "Q4_K_M, blk.0.attn_output.weight, Q4_K",
        "Q4_K_M, blk.0.ffn_up.weight, Q4_K",
        "Q4_K_M, token_embd.weight, Q4_K",
        "Q4_K_M, output.weight, Q6_K",
        "Q4_K_S, blk.3.attn_v.weight, Q5_K",
        "Q4_K_S, blk.4.attn_v.weight, Q4_K",
        "Q4_K_S, blk.3.ffn_down.weight, Q5_K",
        "Q4_K_S, blk.4.ffn_down.weight, Q4_K",
        "Q5_K_M, blk.0.attn_v.weight, Q6_K",
        "Q5_K_M, blk.5.attn_v.weight, Q5_K",
        "Q5_K_S, blk.0.attn_v.weight, Q5_K",
        "Q6_K, blk.0.attn_v.weight, Q6_K",
        "Q4_0, blk.0.attn_v.weight, Q4_0",
        "Q4_0, output.weight, Q6_K",
        "Q8_0, output.weight, Q8_0",
        "BF16, output.weight, BF16",
        "TQ2_0, token_embd.weight, Q4_K",
        "MXFP4_MOE, blk.0.ffn_down.weight, Q8_0"
    })
    void choosesAsLlamaCppDoes(FileType type, String name, TensorFormat expected) {
        assertThat(choose(type, DENSE_32, name, 1024, 4096)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void leavesVectorsNormsRoutersAndBiasesAlone(FileType type) {
        ModelFacts facts = new ModelFacts(4, 16, false, false);

        assertThat(choose(type, facts, "blk.0.attn_norm.weight", 4096)).isEqualTo(TensorFormat.F32);
        assertThat(choose(type, facts, "rope_freqs.weight", 64)).isEqualTo(TensorFormat.F32);
        assertThat(choose(type, facts, "blk.0.ffn_gate_inp.weight", 16, 4096))
                .isEqualTo(TensorFormat.F32);
        assertThat(choose(type, facts, "blk.0.attn_q.bias", 2, 4096)).isEqualTo(TensorFormat.F32);
    }

    @Test
    void treatsTiedEmbeddingsAsTheOutputMatrix() {
        ModelFacts tied = new ModelFacts(16, 0, true, false);

        assertThat(choose(FileType.Q4_K_M, tied, "token_embd.weight", 1000, 2048))
                .isEqualTo(TensorFormat.Q6_K);
    }

    @Test
    void keepsTheSharedValuesOfA70BModelAndTheAttentionOfEightExpertsFiner() {
        ModelFacts large = new ModelFacts(80, 0, false, true);
        ModelFacts mixtral = new ModelFacts(32, 8, false, false);

        assertThat(choose(FileType.Q4_K_S, large, "blk.40.attn_v.weight", 1024, 8192))
                .isEqualTo(TensorFormat.Q5_K);
        assertThat(choose(FileType.Q4_K_M, mixtral, "blk.5.attn_v.weight", 1024, 4096))
                .isEqualTo(TensorFormat.Q8_0);
        assertThat(choose(FileType.Q4_K_M, mixtral, "blk.5.attn_k.weight", 1024, 4096))
                .isEqualTo(TensorFormat.Q8_0);
        assertThat(choose(FileType.Q4_K_M, mixtral, "blk.5.attn_output.weight", 4096, 4096))
                .isEqualTo(TensorFormat.Q5_K);
    }

    @Test
    void quantisesTheExpertsAloneToMxfp4() {
        ModelFacts scout = new ModelFacts(48, 16, false, false);

        assertThat(choose(FileType.MXFP4_MOE, scout, "blk.0.ffn_up_exps.weight", 16, 64, 128))
                .isEqualTo(TensorFormat.MXFP4);
    }

    @ParameterizedTest
    @CsvSource({
        "Q4_K_M, 576, Q5_0, Q4_K needs columns in steps of 256",
        "Q5_K_M, 576, Q5_1, Q5_K needs columns in steps of 256",
        "Q6_K, 576, Q8_0, Q6_K needs columns in steps of 256",
        "Q4_K_M, 40, F16, Q4_K needs columns in steps of 256",
        "Q4_0, 40, F16, Q4_0 needs columns in steps of 32",
        "TQ1_0, 64, Q4_0, TQ1_0 needs columns in steps of 256"
    })
    void saysWhyAnotherFormatStandsIn(
            FileType type, long columns, TensorFormat expected, String note) {
        TensorMix.Choice choice =
                new TensorMix(type, DENSE_32)
                        .choose("blk.5.ffn_up.weight", Shape.of(64, columns), TensorFormat.F32);

        assertThat(choice).isEqualTo(new TensorMix.Choice(expected, note));
    }

    @ParameterizedTest
    @ValueSource(strings = {"q4_k", "Q4_K_M", " q4_K_m "})
    void takesNamesInAnyCaseAndTheShortOnesForTheMediumMix(String name) {
        assertThat(FileType.of(name)).isEqualTo(FileType.Q4_K_M);
    }

    private static TensorFormat choose(
            FileType type, ModelFacts facts, String name, long... dimensions) {
        return new TensorMix(type, facts)
                .choose(name, Shape.of(dimensions), TensorFormat.F32)
                .format();
    }
}
