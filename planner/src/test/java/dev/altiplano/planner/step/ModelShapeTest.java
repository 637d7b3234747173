package dev.altiplano.planner.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

final class ModelShapeTest {
    @Test
    void countsTheParametersOfDenseLlamas() {
        assertThat(Models.LLAMA_8B.parameters()).isEqualTo(8_030_261_248.0);
        assertThat(Models.LLAMA_70B.parameters()).isEqualTo(70_553_706_496.0);
        assertThat(Models.LLAMA_405B.parameters()).isEqualTo(405_853_388_800.0);
    }

    @Test
    void countsAllAndActiveParametersOfMixtures() {
        assertThat(Models.SCOUT.parameters()).isCloseTo(109e9, withinPercentage(1.0));
        assertThat(Models.MAVERICK.parameters()).isCloseTo(400e9, withinPercentage(1.0));
        assertThat(Models.SCOUT.activeParameters()).isCloseTo(17.17e9, withinPercentage(0.1));
        assertThat(Models.MAVERICK.activeParameters()).isCloseTo(17.18e9, withinPercentage(0.1));
    }

    @Test
    void dividesEveryParameterIntoRoutedAndShared() {
        ModelShape model = Models.MAVERICK;

        assertThat(model.routedParameters()).isEqualTo(24.0 * 128 * 3 * 5120 * 8192);
        assertThat(model.routedParameters() + model.sharedParameters())
                .isEqualTo(model.parameters());
    }

    @Test
    void keepsTheHeadOfATiedModelAmongTheMatmuls() {
        ModelShape tied =
                new ModelShape(
                        2,
                        64,
                        128,
                        4,
                        4,
                        16,
                        1000,
                        true,
                        3,
                        MoeShape.NONE,
                        AttentionPattern.FULL,
                        0);

        assertThat(tied.matmulParameters()).isEqualTo(tied.parameters());
    }

    @Test
    void refusesNumbersBeyondTheBounds() {
        assertThatThrownBy(() -> ModelShape.dense(10_001, 64, 128, 4, 4, 1000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("layers", "10001", "10000");
        assertThatThrownBy(() -> new MoeShape(100_001, 1, 0, 1, 64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("experts", "100001");
    }
}
