package dev.altiplano.planner.site;

import static dev.altiplano.planner.explain.TermAssert.assertTermsHold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PowerCapTest {
    @ParameterizedTest(name = "γ {0}: {1}")
    @CsvSource({"2, 0.83", "2.5, 0.86", "3, 0.88"})
    void fiveOfSevenHundredWattsKeepMostOfTheSpeed(double exponent, double speed) {
        PowerCap cap = new PowerCap(70, 700, exponent);

        assertThat(cap.speedAt(500)).isCloseTo(speed, within(0.005));
        assertTermsHold(cap.terms(500));
    }

    @Test
    void speedAndWattsLeadBackToEachOther() {
        PowerCap cap = new PowerCap(70, 700, 2.5);
        for (int watts = 70; watts <= 700; watts += 30) {
            assertThat(cap.wattsFor(cap.speedAt(watts))).isCloseTo(watts, within(1e-9));
        }
    }

    @Test
    void aHigherCapIsNeverSlower() {
        PowerCap cap = new PowerCap(70, 700, 2.5);
        for (int watts = 0; watts < 900; watts += 10) {
            assertThat(cap.speedAt(watts + 10)).isGreaterThanOrEqualTo(cap.speedAt(watts));
        }
        assertThat(cap.speedAt(50)).isZero();
        assertThat(cap.speedAt(800)).isEqualTo(1);
    }
}
