package dev.altiplano.planner.claims;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inequalities and ranges, and figures of a run that must agree. */
class BoundsTest {
    private static final ClaimChecker CHECKER = ClaimChecker.standard();

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    consistent         | 100000 h100 draw more than 50 MW facility
                    inconsistent       | 100000 h100 draw more than 200 MW
                    consistent         | 100000 h100 draw less than 200 MW
                    consistent-only-as | 100000 h100 draw at least 150 MW
                    consistent-only-as | 100000 h100 draw between 140 and 160 MW
                    consistent         | 100000 h100 draw between 110 and 120 MW facility
                    inconsistent       | 100000 h100 draw between 200 and 300 MW
                    consistent-only-as | Cien mil H100 consumen entre 140 y 160 MW
                    consistent-only-as | 100.000 H100 consumen de 140 a 160 MW
                    inconsistent       | 100.000 H100 consumen más de 200 MW
                    consistent         | 100.000 H100 consumen menos de 200 MW
                    consistent-only-as | 100000 h100 = 140 to 160 MW
                    consistent-only-as | 100,000 H100 draw 140-160 MW
                    consistent         | 2000 MWh x 0.4 kg/kWh >= 700 t
                    inconsistent       | 2000 MWh x 0.4 kg/kWh < 700 t
                    consistent         | 2000 MWh x 0.4 kg/kWh = at most 800 t
                    consistent         | 16.8M tokens per step, 6.6 s per step = 2.55M tokens/s
                    consistent         | 16.8M tokens per step, 6.6 s per step, 15.6T tokens take 71 days
                    inconsistent       | 16.8M tokens per step, 6.6 s per step, 15.6T tokens take 54 days
                    consistent         | 16,8 millones de tokens por paso, 6,6 s por paso, 15,6 billones de tokens tardan 71 días
                    consistent         | 15.6T tokens at 16.8M tokens per step = 929000 steps
                    inconsistent       | 16.8M tokens per step, 6.6 s per step, 1M tokens/s, 15.6T tokens take 71 days
                    """)
    void judgesBounds(String verdict, String sentence) {
        ClaimResult result = CHECKER.check(sentence);

        assertThat(result.verdict().toString()).as(result.toString()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "more than 100000 h100 = 150 MW",
                "100000 h100 draw more than",
                "100000 h100 draw between 160 and 140 MW",
                "more than 100000 h100 draw less than 150 MW",
                "100000 h100 do not draw 150 MW"
            })
    void doesNotGuessWhatABoundIsOn(String sentence) {
        ClaimResult result = CHECKER.check(sentence);

        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.NOT_CHECKABLE);
        assertThat(result.notUnderstood()).isPresent();
    }
}
