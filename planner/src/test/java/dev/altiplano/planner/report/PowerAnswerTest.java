package dev.altiplano.planner.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.site.PowerReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PowerAnswerTest {
    private static final Chip H100 = Chip.h100(Catalog.builtIn());

    /** The table of the specification, section 11. */
    @ParameterizedTest
    @CsvSource({
        "ACCELERATORS_ONLY, 70.0, 77.0, 83.2",
        "TYPICAL, 96.9, 106.6, 115.1",
        "MEASURED_MAXIMUM, 105.0, 115.5, 124.7",
        "RATED, 127.5, 140.2, 151.5",
    })
    void theReadingsOfAHundredThousandAreTheKnownOnes(
            PowerReading reading, double nodes, double it, double meter) {
        PowerAnswer.Row row = PowerAnswer.of(PowerQuestion.OF_THE_PRESS, H100).row(reading);

        assertThat(row.all().node().watts() / 1e6).isCloseTo(nodes, within(0.051));
        assertThat(row.all().it().watts() / 1e6).isCloseTo(it, within(0.051));
        assertThat(row.all().facility().watts() / 1e6).isCloseTo(meter, within(0.051));
    }

    @Test
    void theLargestFleetsAreTheKnownOnes() {
        PowerAnswer answer = PowerAnswer.of(PowerQuestion.OF_THE_PRESS, H100);

        assertThat(answer.row(PowerReading.RATED).fleet()).isEqualTo(99_029);
        assertThat(answer.row(PowerReading.MEASURED_MAXIMUM).fleet()).isEqualTo(120_250);
    }

    @ParameterizedTest
    @CsvSource({
        "152, Yes",
        "150, 'Yes, while they train'",
        "120, In a typical hour only",
        "90, No",
        "80, No"
    })
    void theShortAnswerFollowsTheLimit(double megawatts, String expected) {
        PowerQuestion question =
                new PowerQuestion(100_000, megawatts * 1e6, 1.08, PowerReading.TYPICAL);

        String html = new AnswerView(Texts.of(Language.EN), PowerAnswer.of(question, H100)).html();

        assertThat(html).contains("<p class=\"short\">" + expected + "</p>");
    }

    @Test
    void theArithmeticIsWrittenOutInTheReadersLanguage() {
        PowerAnswer answer = PowerAnswer.of(PowerQuestion.OF_THE_PRESS, H100);

        assertThat(new AnswerView(Texts.of(Language.EN), answer).lines(PowerReading.RATED))
                .contains("140.2 MW × 1.08, with cooling and losses (PUE) = 151.5 MW at the meter");
        assertThat(new AnswerView(Texts.of(Language.ES), answer).lines(PowerReading.RATED))
                .contains(
                        "140,2 MW × 1,08, con refrigeración y pérdidas (PUE) = 151,5 MW en el contador");
    }

    @Test
    void refusesWhatNoSiteCanBe() {
        assertThatThrownBy(() -> new PowerQuestion(0, 150e6, 1.08, PowerReading.RATED))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("allowed: 1 to 10000000");
        assertThat(PowerQuestion.problem(Language.ES, 100_000, 150, 0.9))
                .contains("PUE: contador entre equipos de cálculo: 0,9 no está entre 1 y 3.");
        assertThat(PowerQuestion.problem(Language.EN, Double.NaN, 150, 1.08)).isPresent();
        assertThat(PowerQuestion.problem(Language.EN, 100_000, 150, 1.08)).isEmpty();
    }
}
