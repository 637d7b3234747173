package dev.altiplano.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.Projection.Layout;
import dev.altiplano.compute.quant.TensorFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ProjectionTest {
    @Test
    void inputMajorReadsColumns() {
        Tensor weights = RandomTensors.ofFloats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        Projection projection = new Projection(weights, Layout.INPUT_MAJOR, 1, 2);
        float[] column = new float[2];

        projection.decodeOutput(1, column);

        assertThat(projection.inputs()).isEqualTo(2);
        assertThat(column).containsExactly(3, 6);
    }

    @Test
    void aPartCountsFromItsOwnFirstOutput() {
        Tensor weights = RandomTensors.ofFloats(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
        float[] row = new float[2];

        Projection.of(weights).part(1, 2).part(1, 1).decodeOutput(0, row);

        assertThat(row).containsExactly(5, 6);
    }

    @Test
    void refusesWhatIsNoMatrix() {
        Tensor vector = RandomTensors.ofFloats(new float[] {1, 2}, 2);

        assertThatThrownBy(() -> Projection.of(vector))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("random.gguf", "matrix", "[2]");
    }

    @Test
    void refusesBlocksThatLieAcrossTheInputs() {
        Tensor weights = RandomTensors.of(TensorFormat.Q8_0, 4, 32, new SplittableRandom(1));

        assertThatThrownBy(() -> new Projection(weights, Layout.INPUT_MAJOR, 0, 32))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("input-major", "Q8_0");
    }
}
