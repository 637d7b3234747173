package dev.altiplano.planner.site;

import static dev.altiplano.planner.explain.TermAssert.assertTermsHold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.quantity.Boundary;
import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.quantity.ItPower;
import dev.altiplano.planner.quantity.NodePower;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PowerChainTest {
    static final ServerPower H100 = new ServerPower(70, 700, 575);
    static final PowerChain CHAIN = new PowerChain(0.10, 1.08, 0.30, new ItPower(140.25e6));

    /** 7.75 and 8.4 of 10.2 kW; the table prints 0.76. */
    static final PowerReadings READINGS = new PowerReadings(H100, 0.76, 8.4 / 10.2, CHAIN);

    @ParameterizedTest(name = "{0}: {1}, {2}, {3} MW")
    @CsvSource({
        "ACCELERATORS_ONLY, 70.0, 77.0, 83.2",
        "TYPICAL, 96.9, 106.6, 115.1",
        "MEASURED_MAXIMUM, 105.0, 115.5, 124.7",
        "RATED, 127.5, 140.25, 151.5"
    })
    void readsAHundredThousandH100AtEachBoundary(
            PowerReading reading, double nodes, double it, double facility) {
        BoundaryPowers powers = READINGS.perAccelerator(reading).times(100_000);

        assertThat(powers.node().megawatts()).isCloseTo(nodes, within(0.05));
        assertThat(powers.it().megawatts()).isCloseTo(it, within(0.05));
        assertThat(powers.facility().megawatts()).isCloseTo(facility, within(0.05));
    }

    @Test
    void everyReadingGrowsFromTheInsideOut() {
        READINGS.of(100_000)
                .forEach(
                        (reading, powers) -> {
                            assertThat(powers.accelerator().watts())
                                    .isLessThanOrEqualTo(powers.node().watts());
                            assertThat(powers.node().watts()).isLessThan(powers.it().watts());
                            assertThat(powers.it().watts()).isLessThan(powers.facility().watts());
                        });
    }

    @Test
    void aNodeRatedAtTenKilowattsIsEightTimesOneAccelerator() {
        assertThat(H100.rated().times(8).watts()).isEqualTo(10_200);
        assertThat(8.4 / 10.2).isCloseTo(0.82, within(0.005));
        assertThat(10.2 * 0.76).isBetween(7.5, 8.4);
    }

    @Test
    void theDesignLoadHasTheDesignPue() {
        assertThat(CHAIN.facility(CHAIN.design()).watts())
                .isCloseTo(CHAIN.design().atPue(1.08).watts(), within(1e-3));
        assertThat(CHAIN.pueAt(new ItPower(14.025e6))).isGreaterThan(1.25);
        assertTermsHold(CHAIN.terms(new NodePower(96.9e6)));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void theWayBackFromTheMeterGivesTheSameLoad(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PowerChain chain =
                new PowerChain(
                        random.nextDouble(),
                        1 + random.nextDouble(),
                        random.nextDouble(),
                        new ItPower(random.nextDouble(1, 2e8)));
        ItPower it = new ItPower(random.nextDouble(1, 2e8));

        assertThat(chain.itUnder(chain.facility(it)).watts() / it.watts())
                .isCloseTo(1, within(1e-9));
        assertThat(chain.facility(new ItPower(it.watts() * 1.01)))
                .isGreaterThan(chain.facility(it));
    }

    @Test
    void aLimitAtAnInnerBoundaryIsTheSameLimitAtTheMeter() {
        BoundaryPowers rated = READINGS.perAccelerator(PowerReading.RATED);

        assertThat(rated.facilityFor(140.25e6, Boundary.IT).megawatts())
                .isCloseTo(151.47, within(1e-9));
        assertThat(rated.facilityFor(5e6, Boundary.FACILITY)).isEqualTo(new FacilityPower(5e6));
    }

    @Test
    void refusesAPueBelowOne() {
        assertThatThrownBy(() -> new PowerChain(0.1, 0.9, 0.3, new ItPower(1)))
                .isInstanceOf(PlannerException.class)
                .hasMessageStartingWith("E202 pue 0.9 below 1");
    }

    @Test
    void intensityLeadsThereAndBack() {
        for (int percent = 0; percent <= 100; percent += 5) {
            double intensity = percent / 100.0;
            assertThat(H100.intensityAt(H100.node(intensity))).isCloseTo(intensity, within(1e-12));
        }
        assertTermsHold(H100.terms(0.6));
    }

    @Test
    void intensityComesFromOperationsAndBytes() {
        AcceleratorLoad training = new AcceleratorLoad(400e12, 989e12, 1.2e12, 3.35e12);

        assertThat(training.intensity())
                .isCloseTo(0.55 * (400.0 / 989) / 0.45 + 0.45 * (1.2 / 3.35) / 0.6, within(1e-12));
        assertThat(new AcceleratorLoad(989e12, 989e12, 0, 1).intensity()).isEqualTo(1);
        assertTermsHold(training.terms());
    }
}
