package dev.altiplano.planner.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class PowerCurveTest {
    private static final PowerCurve CURVE =
            new PowerCurve(new double[] {0, 100, 300}, new double[] {10, 30, 20}, 400);

    @Test
    void energyIsTheAreaBelowTheCurve() {
        assertThat(CURVE.joules()).isEqualTo(1_000 + 6_000 + 2_000);
        assertThat(CURVE.joules(50, 150)).isEqualTo(500 + 1_500);
        assertThat(CURVE.joules(-100, 1_000)).isEqualTo(CURVE.joules());
        assertThat(CURVE.mean().watts()).isCloseTo(22.5, within(1e-12));
        assertThat(CURVE.joulesPerToken(90)).isEqualTo(100);
    }

    @Test
    void knowsItsPeakItsLevelsAndItsLargestStep() {
        assertThat(CURVE.peak().watts()).isEqualTo(30);
        assertThat(CURVE.at(100).watts()).isEqualTo(30);
        assertThat(CURVE.at(99.9).watts()).isEqualTo(10);
        assertThat(CURVE.largestStepWatts()).isEqualTo(20);
    }

    @Test
    void refusesTimeThatGoesBack() {
        assertThatThrownBy(
                        () -> new PowerCurve(new double[] {0, 10, 5}, new double[] {1, 1, 1}, 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("level 1: 1.0 W for -5.0 s");
    }
}
