package dev.altiplano.planner.claims;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentencesTest {
    private static final ClaimChecker CHECKER = ClaimChecker.standard();

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    consistent-only-as | 100000 h100 = 150 MW facility
                    consistent-only-as | 100.000 H100 consumen 150 MW
                    consistent-only-as | 100,000 H100 draw about 150 MW
                    consistent-only-as | 150 MW facility = 100000 h100
                    consistent         | 100000 h100 = 115 MW facility
                    consistent         | 100000 h100 = 70 MW gpus only
                    consistent         | 100000 h100 rated = 127.5 MW node
                    inconsistent       | 100000 h100 = 70 MW facility
                    inconsistent       | 100000 h100 = 300 MW facility
                    inconsistent       | 100000 h100 = 15 MW
                    consistent-only-as | 1 million H100 draw 1.5 GW at the meter
                    consistent-only-as | Cien mil H100 consumen unos 150 megavatios
                    consistent         | 2000 MWh x 0.4 kg/kWh = 800 t
                    consistent         | 2.000 MWh x 0,4 kg/kWh = 800 toneladas
                    consistent         | 2000 MWh at 0.4 kg CO2 per kWh = 800 tonnes of CO2
                    inconsistent       | 2000 MWh x 0.4 kg/kWh = 900 t
                    inconsistent       | 2000 MWh x 0.4 kg/MWh = 800 t
                    inconsistent       | 2000 MWh x 731.59 kg/kWh = 1463180 t
                    consistent         | 1000000 a100 hours x 1.5 USD/h = 1.5M USD
                    consistent         | 1.000.000 horas de A100 a 1,5 USD/h = 1,5 millones de dólares
                    consistent         | 1 million A100 hours at $1.50 per hour cost $1.5 million
                    inconsistent       | 1000000 a100 hours x 1.5 USD/h = 2.5M USD
                    consistent         | 40 bn vs 28.1 bn is +42 %
                    consistent         | de 28.100 a 40.000 millones, +42 %
                    consistent         | US$40 bn is up 42 % from US$28.1 bn
                    consistent         | from 28.1 to 40 billion dollars, growth of 42 %
                    consistent         | creció un 42 % de 28.100 a 40.000 millones
                    inconsistent       | 40 bn vs 28.1 bn is +22 %
                    consistent         | from 100 to 80 fell 20 %
                    consistent         | 405B parameters x 15.6T tokens = 3.8e25 FLOP
                    consistent         | 405.000 millones de parámetros x 15,6 billones de tokens = 3,8e25 FLOP
                    consistent         | 405B parameters × 15.6 trillion tokens = 3.8 × 10²⁵ FLOPs
                    inconsistent       | 405B parameters x 15.6T tokens = 3.8e24 FLOP
                    consistent         | 16384 H100 for 54 days = 21.2M GPU-hours
                    consistent         | 16.384 H100 durante 54 días = 21,2 millones de horas de GPU
                    inconsistent       | 16384 H100 for 54 days = 30.84M GPU-hours
                    consistent         | 150 MW x 24 h = 3600 MWh
                    consistent         | 150 MW for 1 year = 1.314 TWh
                    consistent         | 150 MW durante 1 año son 1.314 GWh
                    consistent         | 1.59 TWh x 7.8 c/kWh = 123.9M USD
                    consistent         | 1.59 TWh at 0.078 USD/kWh costs $124 million
                    inconsistent       | 1.59 TWh a year = 150 MW
                    consistent         | 148 of 419 = 35.3 %
                    consistent         | 148 de 419 son el 35,3 %
                    inconsistent       | 148 of 419 is 30.1 %
                    consistent         | 5 % of 100 MW = 5 MW
                    consistent         | 35.3 % + 17.2 % + 47.5 % = 100 %
                    inconsistent       | 35.3 %, 17.2 % and 40.5 % add up to 100 %
                    consistent         | tp 8 x cp 16 x pp 16 x dp 8 = 16384 GPUs
                    inconsistent       | tp 8 x cp 16 x pp 16 x dp 4 = 16384 GPUs
                    inconsistent       | TP=8 x pp16 x dp 4 = 16384
                    consistent         | 12500 nodes x 8 gpus = 100000 gpus
                    consistent         | 16M tokens / 5.5 s = 2.9M tokens/s
                    consistent         | 15.6T tokens at 2.9M tokens/s = 62.3 days
                    consistent         | 150 MW facility / 140 MW IT = PUE 1.07
                    inconsistent       | PUE 0.9
                    inconsistent       | 100 MW facility = 110 MW IT
                    inconsistent       | IT 150 MW, facility 140 MW
                    inconsistent       | 731.59 kg/kWh
                    consistent-only-as | 2000 MWh = 800 t
                    inconsistent       | 2000 MWh = 8000 t
                    consistent         | 100000 h100 = 98.9 EFLOP/s
                    consistent-only-as | 1 h100 = 1979 TFLOP/s
                    inconsistent       | 1 h100 = 9000 TFLOP/s
                    consistent         | 512 A100 at 49.9 % MFU = 79.7 PFLOP/s
                    inconsistent       | 512 A100 at 49.9 % MFU = 77.6 PFLOP/s
                    consistent-only-as | 405B parameters = 810 GB
                    consistent-only-as | 405B parameters fit in 8 H100
                    inconsistent       | 405B parameters fit in 2 H100
                    consistent         | 30.84M H100 hours = 8930 t
                    inconsistent       | 7.0M H100 hours = 12.9 t
                    consistent         | 419 stops in 54 days = 3.09 h
                    consistent         | 419 stops in 54 days on 16384 GPUs = 50.7K GPU-hours
                    consistent         | 6.5 failures per thousand node-days at 16384 GPUs = 1.8 h
                    inconsistent       | 6.5 failures per thousand node-days at 1024 GPUs = 7.9 h
                    inconsistent       | fails every 1.8 h on 16384 GPUs and every 7.9 h on 1024 GPUs
                    consistent-only-as | 90 % effective time on 16384 H100
                    inconsistent       | 90 % effective time on 100000 H100
                    consistent         | Llama 3.1 405B at 2.9M tokens/s on 16384 H100 = 43.5 % MFU
                    consistent         | 405B parameters, 15.6T tokens, 16384 H100, 41 % MFU = 66 days
                    consistent-only-as | 405B parameters, 15.6T tokens, 16384 H100, 41 % MFU = 73 days
                    consistent         | El Capitan 30 MW
                    consistent         | 500 m monthly users of Meta AI
                    consistent         | Meta's revenue grew 22 %
                    consistent-only-as | Meta's costs rose 9 %
                    not-checkable      | 100000 unicorns = 150 MW
                    not-checkable      | the moon is made of cheese
                    not-checkable      | 100000 h100 do not draw 150 MW
                    not-checkable      | 100000 gpus = 150 MW
                    not-checkable      | 5 MW = 7 tokens
                    not-checkable      | 40 bn EUR = 40 bn USD
                    consistent         | 1 000 000 A100 hours x 1.5 USD/h = 1.5M USD
                    consistent         | 1000 MWh × 0.35 kg/kWh = 350 t
                    consistent         | 2 mil millones de tokens / 1000 s = 2 millones de tokens/s
                    consistent         | (100 MW + 50 MW) x 2 h = 300 MWh
                    """)
    void aSentenceIsJudged(String verdict, String sentence) {
        ClaimResult result = CHECKER.check(sentence);

        assertThat(result.verdict().toString()).as("%s -> %s", sentence, result).isEqualTo(verdict);
    }

    @Test
    void whatWasNotUnderstoodIsNamed() {
        assertThat(CHECKER.check("100000 unicorns = 150 MW").notUnderstood())
                .contains(Said.quoted("unicorns"));
    }
}
