package dev.altiplano.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class TensorTest {
    @Test
    void decodesNoRowsOfHoweverManyColumnsToNothing() {
        Tensor tensor =
                new Tensor(
                        new TensorLocation(Path.of("tiny.gguf"), "empty", 0),
                        TensorFormat.F32,
                        Shape.of(0, 1L << 40),
                        MemorySegment.ofArray(new byte[0]));

        assertThat(tensor.decode()).isEmpty();
    }
}
