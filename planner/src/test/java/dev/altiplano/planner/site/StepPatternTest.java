package dev.altiplano.planner.site;

import static dev.altiplano.planner.explain.TermAssert.assertTermsHold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.money.Money;
import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.site.StepPattern.Phase;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StepPatternTest {
    private static StepPattern pattern(double stepSeconds, double busyShare) {
        return new StepPattern(
                List.of(
                        new Phase("compute", stepSeconds * busyShare, new FacilityPower(115e6)),
                        new Phase(
                                "communicate",
                                stepSeconds * (1 - busyShare),
                                new FacilityPower(52e6))));
    }

    @ParameterizedTest(name = "duty {0}")
    @ValueSource(doubles = {0.1, 0.25, 0.5, 0.8, 0.95})
    void theFirstHarmonicIsThatOfARectangle(double busyShare) {
        StepPattern.Oscillation found = pattern(4, busyShare).fundamental();

        assertThat(found.hertz()).isEqualTo(0.25);
        assertThat(found.amplitudeWatts())
                .isCloseTo(2 * 63e6 / Math.PI * Math.sin(Math.PI * busyShare), within(1e-3));
        assertTermsHold(pattern(4, busyShare).terms());
    }

    @Test
    void aConstantLoadDoesNotOscillate() {
        StepPattern constant =
                new StepPattern(List.of(new Phase("compute", 4, new FacilityPower(115e6))));

        assertThat(constant.fundamental().amplitudeWatts()).isCloseTo(0, within(1e-3));
        assertThat(constant.swingWatts()).isZero();
    }

    @Test
    void aSlowStepReachesTheBandWithItsHarmonics() {
        StepPattern slow = pattern(25, 0.8);

        assertThat(slow.fundamental().hertz()).isLessThan(0.1);
        assertThat(slow.strongestInBand().orElseThrow().hertz()).isBetween(0.1, 20.0);
        assertThat(pattern(0.01, 0.8).strongestInBand()).isEmpty();
    }

    @Test
    void eachLimitIsHeldAgainstWhatItLimits() {
        GridLimits limits =
                new GridLimits(
                        OptionalDouble.of(10e6 / 60),
                        OptionalDouble.of(50e6),
                        OptionalDouble.of(25e6));

        List<GridLimits.Finding> findings =
                limits.check(pattern(4, 0.8), new FacilityPower(77e6), 1);

        assertThat(findings)
                .extracting(GridLimits.Finding::what)
                .containsExactly("ramp at a stop", "dynamic range", "oscillation, 0.1 to 20 Hz");
        assertThat(findings)
                .extracting(GridLimits.Finding::isKept)
                .containsExactly(false, false, true);
        assertThat(limits.rampSeconds(new FacilityPower(77e6), new FacilityPower(115e6)))
                .isCloseTo(228, within(1e-9));
    }

    @Test
    void remediesTradeEnergyForSwing() {
        Remedies remedies =
                new Remedies(
                        pattern(4, 0.8), 8_760, Money.usd("0.0703"), 0.7, Money.usd("300"), 0.1);

        List<Remedy> all = remedies.all();

        // A fifth of a year at 63 MW.
        assertThat(all.get(0).extraKwh()).isCloseTo(0.2 * 63_000 * 8_760, within(1.0));
        assertThat(all.get(0).swingWatts()).isZero();
        assertThat(all.get(0).energyCost().toDouble() / 1e6).isCloseTo(7.76, within(0.01));
        assertThat(all.get(1).swingWatts()).isCloseTo(0.3 * 115e6, within(1e-3));
        assertThat(all.get(1).extraKwh()).isLessThan(all.get(0).extraKwh());
        assertThat(all.get(2).swingWatts()).isCloseTo(63e6 - 0.3 * 115e6, within(1e-3));
        // 34.5 MW for 3.2 s are 30.7 kWh.
        assertThat(all.get(2).capital().toDouble()).isCloseTo(9_200, within(1.0));
    }
}
