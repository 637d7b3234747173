package dev.altiplano.model.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.model.llama.LlamaConfig.Temperature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LlamaConfigTest {
    /** Source: the gold values of the specification. */
    @ParameterizedTest(name = "position {0}")
    @CsvSource({
        "0, 1",
        "8190, 1",
        "8191, 1.0693",
        "16383, 1.1099",
        "131071, 1.2833",
        "1048575, 1.4860",
        "10485759, 1.7155"
    })
    void temperatureGrowsWithThePosition(int position, float expected) {
        assertThat(new Temperature(8192, 0.1).at(position)).isCloseTo(expected, within(5e-5f));
    }
}
