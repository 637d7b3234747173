package dev.altiplano.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VectorMathTest {
    @Test
    void expIsWithinTwoUnitsInTheLastPlace() {
        for (float x = -87; x < 88; x += 0.0137f) {
            float expected = (float) Math.exp(x);
            assertThat(exp(x)).as("exp(%s)", x).isCloseTo(expected, within(2 * Math.ulp(expected)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-Infinity, 0",
        "-200, 0",
        "0, 1",
        "-0.0, 1",
        "200, Infinity",
        "Infinity, Infinity"
    })
    void expOfExtremesIsExact(float x, float expected) {
        assertThat(exp(x)).isEqualTo(expected);
    }

    @Test
    void expOfNoNumberIsNoNumber() {
        assertThat(exp(Float.NaN)).isNaN();
    }

    @Test
    void foldAddsTheUpperHalfToTheLower() {
        float[] lanes = new float[VectorLanes.LANES];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = (float) Math.sin(i) * (1 << i);
        }
        FloatVector vector = FloatVector.fromArray(VectorLanes.FLOATS, lanes, 0);
        for (int half = lanes.length / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        assertThat(VectorLanes.fold(vector)).isEqualTo(lanes[0]);
    }

    private static float exp(float x) {
        return VectorMath.exp(FloatVector.broadcast(VectorLanes.FLOATS, x)).lane(0);
    }
}
