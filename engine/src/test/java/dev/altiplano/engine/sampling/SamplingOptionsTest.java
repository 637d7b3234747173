package dev.altiplano.engine.sampling;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SamplingOptionsTest {
    @ParameterizedTest
    @ValueSource(floats = {-0.1f, 1.1f, Float.NaN})
    void refusesAProbabilityOutsideZeroToOne(float value) {
        SamplingOptions options = SamplingOptions.defaults();

        assertThatThrownBy(() -> options.withTopP(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("top-p", "0.0 to 1.0", Float.toString(value));
    }

    @Test
    void refusesATemperatureThatIsNoNumber() {
        assertThatThrownBy(() -> SamplingOptions.defaults().withTemperature(Float.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("temperature");
    }

    @Test
    void refusesABiasOfPlusInfinity() {
        assertThatThrownBy(
                        () ->
                                SamplingOptions.defaults()
                                        .withLogitBias(Map.of(1, Float.POSITIVE_INFINITY)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("logit bias");
    }

    @Test
    void refusesAnEmptySequenceBreaker() {
        assertThatThrownBy(() -> DryOptions.OFF.withSequenceBreakers(List.of("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty");
    }
}
