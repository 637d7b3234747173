package dev.altiplano.planner.site;

import static dev.altiplano.planner.explain.TermAssert.assertTermsHold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CarbonTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "llama2-7b, 184320, 400, 0.42345, 31.22, 0.1",
        "llama2-70b, 1720320, 400, 0.42345, 291.42, 0.1",
        "llama3-70b, 6.4e6, 700, 0.4265, 1900, 1",
        "llama3.1-405b, 30.84e6, 700, 0.41377, 8930, 1",
        "llama3.2-3b-qlora, 1600, 700, 0.41306, 0.461, 2",
        "llama4-scout, 5e6, 700, 0.38695, 1354, 0.1",
        "llama4-maverick, 2.38e6, 700, 0.38695, 645, 0.1"
    })
    void modelCardsKeepOneFactorPerGeneration(
            String model, double hours, double tdp, double factor, double tonnes, double percent) {
        CardEnergy card = new CardEnergy(hours, tdp);

        assertThat(card.carbon(factor).tonnes())
                .as(model)
                .isCloseTo(tonnes, withinPercentage(percent));
        assertTermsHold(card.terms(factor));
    }

    @Test
    void theCardOfLlama33CannotFollowFromItsHours() {
        assertThat(new CardEnergy(7e6, 700).carbon(0.41377).tonnes()).isGreaterThan(100 * 12.9);
    }

    @Test
    void hardwareAndOperationAddUpButGreenContractsDoNot() {
        CarbonReport report =
                new CarbonReport(
                        LocationCarbon.of(1_000, 0.35),
                        Optional.of(new MarketCarbon(0)),
                        EmbodiedCarbon.of(150, 8_760, 4 * 8_760));

        assertThat(report.totalKilograms()).isCloseTo(350 + 37.5, within(1e-9));
    }

    @Test
    void waterFollowsTheEnergyOfTheEquipment() {
        Water water = new Water(150_000 * 8_760.0, 0.26);

        assertThat(water.litres() / 1e6).isCloseTo(341.6, within(0.1));
        assertTermsHold(water.terms());
    }
}
