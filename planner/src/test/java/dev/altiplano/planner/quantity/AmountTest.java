package dev.altiplano.planner.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.problem.PlannerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AmountTest {
    @ParameterizedTest(name = "{0} is {1} in base units, measuring {2}")
    @CsvSource({
        "150 MW, 150e6, power",
        "150MW, 150e6, power",
        "22T, 22e12, number",
        "22T tokens, 22e12, token",
        "0.078 USD/kWh, 2.1666666666666667e-8, money / power / time",
        "12 USD/kW/month, 4.566210045662101e-9, money / power / time",
        "5 s, 5, time",
        "400 Gb/s, 50e9, data / time",
        "2 TB/s, 2e12, data / time",
        "10 MW/min, 166666.66666666666, power / time",
        "3.8e25 FLOP, 3.8e25, operation",
        "989 TFLOP/s, 989e12, operation / time",
        "76 %, 0.76, number",
        "40000 USD/gpu, 40000, money / gpu",
        "4 y, 126144000, time",
        "79.6 GiB, 85469849190.4, data",
        "-1.5, -1.5, number",
        ".5 L/kWh, 1.3888888888888888e-7, volume / power / time",
    })
    void readsANumberWithItsUnit(String text, double base, String dimension) {
        Amount amount = Amount.parse(text);

        assertThat(amount.base()).isCloseTo(base, within(Math.abs(base) * 1e-12));
        assertThat(amount.unit().dimension()).hasToString(dimension);
    }

    @ParameterizedTest(name = "{0} is refused with {1}")
    @CsvSource({
        "abc, E005",
        "1.2.3 MW, E006",
        "12 furlongs, E006",
        "1e9999, E401",
        "1e99999999999, E401",
        "'', E005",
        "NaN, E005",
        "5 W/, E006",
    })
    void refusesWhatIsNotANumberWithAUnit(String text, String code) {
        assertThatThrownBy(() -> Amount.parse(text))
                .isInstanceOf(PlannerException.class)
                .hasMessageStartingWith(code);
    }

    @ParameterizedTest(name = "{0} stands for +-{1}")
    @CsvSource({"3.8e25, 5e23", "1.08, 0.005", "150 MW, 0.5", "22T, 0.5e12", "0.26 L/kWh, 0.005"})
    void takesHalfOfTheLastDigitAsRounding(String text, double half) {
        assertThat(Amount.parse(text).roundingHalf()).isCloseTo(half, within(half * 1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "B"})
    void tellsBitsFromBytes(String letter) {
        assertThat(Amount.parse("8 G" + letter).base()).isEqualTo(letter.equals("b") ? 1e9 : 8e9);
    }

    @Test
    void aPublishedValueCarriesItsRoundingAsBand() {
        Quantity quantity = Quantity.published("3.8e25 FLOP", Grade.STATED, "L3P", "2024-07");

        assertThat(quantity.low()).isCloseTo(3.75e25, within(1e16));
        assertThat(quantity.high()).isCloseTo(3.85e25, within(1e16));
    }

    @Test
    void convertsWithinAMeasureOnly() {
        Quantity price = Quantity.exactly(0.078, Unit.of("USD/kWh"), Grade.STATED, "EIA");

        assertThat(price.in(Unit.of("USD/MWh")).likely()).isCloseTo(78, within(1e-9));
        assertThatThrownBy(() -> price.in(Unit.of("MW")))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("E006");
    }
}
