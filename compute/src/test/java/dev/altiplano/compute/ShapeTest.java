package dev.altiplano.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ShapeTest {
    @Test
    void splitsIntoRowsAndColumns() {
        Shape shape = Shape.of(4, 3, 32);

        assertThat(shape.rows()).isEqualTo(12);
        assertThat(shape.columns()).isEqualTo(32);
        assertThat(shape.elements()).isEqualTo(384);
    }

    @Test
    void refusesDimensionsWhoseProductOverflows() {
        assertThatThrownBy(() -> Shape.of(1L << 40, 1L << 40))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("overflows");
    }

    @Test
    void refusesNegativeDimensions() {
        assertThatThrownBy(() -> Shape.of(4, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
