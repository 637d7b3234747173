package dev.altiplano.planner.site;

import static dev.altiplano.planner.explain.TermAssert.assertTermsHold;
import static dev.altiplano.planner.site.PowerChainTest.CHAIN;
import static dev.altiplano.planner.site.PowerChainTest.H100;
import static dev.altiplano.planner.site.PowerChainTest.READINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.quantity.NodePower;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FleetOffersTest {
    private static final double TOKENS_PER_DAY_AND_GPU = 13e6;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"RATED, 99029", "MEASURED_MAXIMUM, 120250"})
    void aHundredAndFiftyMegawattsCarryThisManyH100(PowerReading reading, long gpus) {
        FacilityPower perGpu = READINGS.perAccelerator(reading).facility();

        assertThat(FleetOffers.largest(new FacilityPower(150e6), perGpu)).isEqualTo(gpus);
    }

    @Test
    void offersFewerGpusInWholeNodes() {
        FleetOffer.FewerGpus offer = (FleetOffer.FewerGpus) rated(150e6).offers().getFirst();

        assertThat(offer.gpusByPower()).isEqualTo(99_029);
        assertThat(offer.gpus()).isEqualTo(99_024);
        assertThat(offer.tokensPerDay()).isEqualTo(99_024 * TOKENS_PER_DAY_AND_GPU);
    }

    @Test
    void aLowerCapKeepsMoreTokensThanFewerGpus() {
        FleetOffers fleet = rated(130e6);
        FleetOffer.LowerCap capped = (FleetOffer.LowerCap) fleet.offers().get(1);

        assertThat(capped.gpus()).isEqualTo(100_000);
        assertThat(capped.acceleratorCapWatts()).isCloseTo(519.28, within(0.01));
        assertThat(capped.speed()).isCloseTo(0.8737, within(0.0005));
        assertThat(capped.tokensPerDay()).isGreaterThan(fleet.offers().getFirst().tokensPerDay());
    }

    @Test
    void aStagedStartNamesThePowerOfTheWholeFleet() {
        FleetOffer.StagedStart staged = (FleetOffer.StagedStart) rated(130e6).offers().get(2);

        assertThat(staged.stages()).hasSize(2);
        assertThat(staged.stages().getLast().cap().megawatts()).isCloseTo(151.47, within(1e-6));
        assertThat(staged.gpus()).isLessThan(85_824);
    }

    @Test
    void aFleetThatFitsNeedsNoSecondStage() {
        FleetOffers fleet = rated(160e6);

        assertThat(fleet.fits()).isTrue();
        assertThat(fleet.offers()).allSatisfy(offer -> assertThat(offer.gpus()).isEqualTo(100_000));
        assertThat(((FleetOffer.LowerCap) fleet.offers().get(1)).speed()).isEqualTo(1);
        assertThat(((FleetOffer.StagedStart) fleet.offers().get(2)).stages()).hasSize(1);
    }

    @Test
    void refusesACapThatIdleNodesAloneExceed() {
        FleetOffers fleet = rated(70e6);

        assertThat(fleet.offers()).hasSize(1);
        assertThat(fleet.refusal().getFirst().toString())
                .isEqualTo("E303 no layout keeps 70 MW: 12500 idle nodes alone draw 76.63 MW");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void everyOfferKeepsTheCap(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double megawatts = 1 + random.nextDouble(200);
        FleetOffers fleet =
                offers(random.nextLong(8, 200_000), random.nextDouble(700, 1275), megawatts * 1e6);

        for (FleetOffer offer : fleet.offers()) {
            assertThat(offer.power().megawatts()).isLessThanOrEqualTo(megawatts * (1 + 1e-12));
            assertThat(offer.gpus()).isLessThanOrEqualTo(fleet.gpus());
            assertTermsHold(offer.terms());
        }
    }

    private static FleetOffers rated(double capWatts) {
        return offers(100_000, 1275, capWatts);
    }

    private static FleetOffers offers(long gpus, double fullWatts, double capWatts) {
        return new FleetOffers(
                gpus,
                8,
                H100,
                new NodePower(fullWatts),
                CHAIN,
                2.5,
                new FacilityPower(capWatts),
                Throughput.linear(TOKENS_PER_DAY_AND_GPU));
    }
}
