package dev.altiplano.planner.claims;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Claims as reporters, engineers and accountants write them, in English and Spanish. */
class EverydaySentencesTest {
    private static final ClaimChecker CHECKER = ClaimChecker.standard();

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    consistent         | 16384 GPUs x 24 h = 393216 GPU-hours
                    consistent         | 16.384 GPUs x 24 h = 393.216 GPU-horas
                    consistent         | 16,384 GPUs for 24 hours is 393,216 GPU hours
                    consistent         | 100 MW x 8760 h = 876 GWh
                    consistent         | 100 MW durante 8.760 horas = 876 GWh
                    consistent         | 100 MW durante un año = 876 GWh
                    inconsistent       | 100 MW durante un año = 8760 GWh
                    consistent         | 876 GWh / 8760 h = 100 MW
                    consistent         | 876 GWh x 0.05 USD/kWh = 43.8M USD
                    consistent         | 876 GWh a 0,05 USD/kWh = 43,8 millones de dólares
                    consistent         | 876 GWh at 5 cents per kWh = $43.8 million
                    consistent         | 876 GWh at $50/MWh = $43.8M
                    consistent         | 876 GWh at $50 per MWh costs $43.8M
                    consistent         | 50 USD/MWh x 876 GWh = 43.8M USD
                    consistent         | 39.3M GPU hours x 700 W x 0.35 kg/kWh = 9628 t
                    consistent         | 30.84M GPU hours x 700 W = 21588 MWh
                    consistent         | 30,84 millones de horas de GPU x 700 W = 21.588 MWh
                    consistent         | 100,000 GPUs x $40,000 = $4 billion
                    consistent         | 100000 x 40000 USD = 4000M USD
                    consistent         | 100.000 GPU a 40.000 dólares = 4.000 millones de dólares
                    consistent         | 100.000 GPU x 40.000 USD = 4.000.000.000 USD
                    inconsistent       | 100,000 GPUs x $40,000 = $40 billion
                    consistent         | $4 billion / 100,000 GPUs = $40,000 per GPU
                    consistent         | revenue from 134.9bn to 164.5bn = +21.9%
                    consistent         | from 134,902 to 164,501 is +21.9 %
                    consistent         | 134902 -> 164501 = 21.9%
                    consistent         | 134902 to 164501 = +21.9 %
                    consistent         | de 134.902 a 164.501 = +21,9 %
                    consistent         | ingresos de 134.902 millones a 164.501 millones, un aumento del 21,9 %
                    inconsistent       | de 134.902 a 164.501 = +31,9 %
                    consistent         | 164501 / 134902 = 1.219
                    consistent         | 15.6T tokens / 16.8M tokens per step = 928571 steps
                    consistent         | 2.9M tokens/s x 86400 s = 250.6B tokens
                    consistent         | 2,9 millones de tokens/s x 86.400 s = 250.600 millones de tokens
                    consistent         | 250.6B tokens / 1 day = 2.9M tokens/s
                    consistent         | 6 x 405e9 x 15.6e12 = 3.8e25
                    consistent         | 6 x 405B x 15.6T = 3.8e25 FLOP
                    consistent         | 3.8e25 FLOP / 16384 H100 at 40% MFU = 68 days
                    consistent         | 3.8e25 FLOPs on 16384 H100 at 400 TFLOP/s per GPU = 67 days
                    consistent         | 3.8e25 FLOP / (16384 x 400 TFLOP/s) = 67 days
                    consistent         | 3,8e25 FLOP / (16.384 x 400 TFLOP/s) = 67 días
                    consistent         | 54 days = 1296 hours
                    consistent         | 54 días = 1.296 horas
                    consistent         | 54 days x 24 h/day = 1296 h
                    consistent         | 1 year = 8760 hours
                    consistent         | 1 año = 8.760 horas
                    consistent         | 1 week = 168 h
                    consistent         | 10 MW x 3 h = 30 MWh
                    consistent         | 30 MWh / 3 h = 10 MW
                    consistent         | 30 MWh en 3 horas son 10 MW
                    consistent         | 1 MWh = 3.6 GJ
                    consistent         | 1 kWh = 3.6 MJ
                    inconsistent       | 1 kWh = 3.6 kJ
                    consistent         | 1000 W = 1 kW
                    consistent         | 1.5 GW = 1500 MW
                    consistent         | 1,5 GW = 1.500 MW
                    consistent         | 100000 x 700 W = 70 MW
                    consistent         | 100.000 x 700 W = 70 MW
                    consistent         | 100000 x 1275 W = 127.5 MW
                    consistent         | 100000 GPUs x 1402.5 W x 1.08 = 151.5 MW
                    consistent         | 100,000 GPUs × 700 W = 70 MW
                    consistent         | 8 x 700 W = 5.6 kW
                    consistent         | 12500 nodes x 10.2 kW = 127.5 MW
                    consistent         | 12.500 nodos x 10,2 kW = 127,5 MW
                    consistent         | 140.25 MW x 1.08 = 151.5 MW
                    consistent         | 29.58 MW / 58.89 GFLOP/s/W = 29.58 MW / 58.89 GFLOP/s/W
                    consistent         | 1.742 EFLOP/s / 58.89 GFLOP/s/W = 29.58 MW
                    consistent         | 1.742 EFLOP/s / 29.58 MW = 58.89 GFLOP/s/W
                    consistent         | 1.742 EFLOPS / 29.58 MW = 58.89 GFLOPS/W
                    consistent         | 44544 x 39.1 TFLOP/s = 1.742 EFLOP/s
                    consistent         | 608 bn tokens / 73.7K tokens/s / 86400 s = 95.5
                    consistent         | 226.75 nodes x 8 GPUs x $2 x 24 = $87,072
                    consistent         | 226.75 x 8 x 2 USD/h x 24 h = 87072 USD
                    consistent         | 2 USD per GPU-hour x 1814 GPUs x 24 h = 87072 USD
                    consistent         | $2 per GPU hour for 1814 GPUs for 24 hours = $87,072
                    consistent         | 40,319 / 3.28 = 12,292
                    consistent         | 40319M USD / 3.28bn = 12.29 USD
                    consistent         | 7.9 h x 16 = 126.4 h
                    consistent         | 80 GB x 8 = 640 GB
                    consistent         | 405B parameters x 2 bytes = 810 GB
                    consistent         | 405B x 2 B = 810 GB
                    consistent         | 70B parameters x 16 bytes = 1.12 TB
                    consistent         | 70.000 millones de parámetros x 16 bytes = 1,12 TB
                    consistent         | 8B parameters x 2 bytes = 16 GB
                    consistent         | 400 Gb/s = 50 GB/s
                    inconsistent       | 400 Gb/s = 400 GB/s
                    consistent         | 80 GiB = 85.9 GB
                    inconsistent       | 80 GB = 80 GiB
                    consistent         | 2 TB/s x 60 s = 120 TB
                    consistent         | 5.67 TB / 2 TB/s = 2.8 s
                    consistent         | 21,233,664 GPU-hours / 419 = 50,677 GPU-hours
                    consistent         | 21233664 GPU hours / 419 stops = 50677 GPU-hours
                    consistent         | 1296 h / 419 = 3.09 h
                    consistent         | 148 + 72 + 54 = 274
                    consistent         | 50 % of 100 = 50
                    consistent         | 0.35 x 100 = 35
                    consistent         | 10 % + 20 % + 70 % = 100 %
                    consistent         | 3.27bn + 0.02bn = 3.29bn
                    consistent         | 500 million users / 3.29 bn = 15.2 %
                    consistent-only-as | 100,000 H100s draw about 150 MW
                    consistent-only-as | 100,000 H100 GPUs draw about 150 megawatts
                    consistent-only-as | 100k H100 = 150 MW
                    consistent-only-as | 100K H100s need 150MW
                    consistent-only-as | 100 000 H100 = 150 MW
                    consistent-only-as | A cluster of 100,000 H100 chips needs about 150 megawatts of power
                    consistent-only-as | Un clúster de 100.000 chips H100 necesita unos 150 megavatios de energía
                    consistent-only-as | Un clúster de 100.000 chips H100 requiere 150 MW de electricidad
                    consistent-only-as | 150 MW for 100,000 H100
                    consistent-only-as | 150 MW para 100.000 H100
                    consistent-only-as | 100000 h100 = 150 MW instalación
                    consistent         | 100000 h100 = 115 MW instalación
                    consistent-only-as | 100000 h100 = 140 MW IT
                    consistent-only-as | 100000 h100 = 151.5 MW facility
                    consistent         | 100000 h100 = 106.6 MW IT
                    consistent         | 100000 h100 = 97 MW node
                    consistent         | 100000 h100 = 125 MW facility maximum
                    consistent         | 100000 h100 = 70 MW accelerator
                    consistent         | 100000 h100 rated = 151.5 MW facility
                    consistent         | 100000 h100 rated = 140.25 MW IT
                    inconsistent       | 100000 h100 = 1500 MW facility
                    inconsistent       | 100000 h100 = 150 kW
                    inconsistent       | 100000 h100 = 150 GW
                    consistent         | 24000 h100 = 27.6 MW facility
                    consistent-only-as | 16384 H100 draw 23 MW IT
                    consistent-only-as | 1 h100 = 700 W
                    consistent         | 1 H100 = 700 W TDP
                    consistent-only-as | H100 = 700 W
                    consistent-only-as | una H100 consume 700 W
                    consistent         | 8 h100 = 5.6 kW gpu
                    consistent-only-as | 8 h100 = 10.2 kW node
                    consistent-only-as | un nodo de 8 H100 consume 10,2 kW
                    consistent         | 100000 b200 = 100 MW gpus
                    inconsistent       | 100000 b200 = 10 MW gpus
                    consistent         | 100000 a100 = 40 MW gpus only
                    consistent         | 44544 MI300A = 24.5 MW accelerator
                    consistent         | El Capitan uses 30 MW
                    consistent         | El Capitan consume 30 MW
                    consistent         | El Capitan draws about 30 MW
                    consistent         | El Capitan consume unos 30 megavatios
                    inconsistent       | El Capitan consume 300 MW
                    inconsistent       | El Capitan draws 3 MW
                    consistent         | Meta will spend up to 40 billion dollars on capex in 2024, up 42 % on 2023
                    consistent         | Meta capex of US$40 bn, +42 %
                    consistent         | Meta gastará 40.000 millones de dólares, un 42 % más que en 2023
                    consistent         | revenue rose 22 %
                    consistent         | los ingresos crecieron un 22 %
                    consistent-only-as | costs rose 9 %
                    consistent-only-as | los costes aumentaron un 9 %
                    consistent-only-as | los costos subieron un 9 %
                    consistent         | los ingresos de Meta subieron un 22 %
                    consistent         | 500 millones de usuarios mensuales de Meta AI
                    consistent         | Meta AI has 500 million monthly users
                    consistent         | Meta AI tiene 500 millones de usuarios
                    consistent         | Meta AI tiene más de 500 millones de usuarios al mes
                    inconsistent       | Meta AI has 5 billion monthly users
                    consistent         | 500 million monthly users of Meta AI
                    consistent         | 150 MW is 5 times 30 MW
                    consistent         | 150 MW es 5 veces 30 MW
                    consistent         | 150 MW is five times 30 MW
                    consistent         | 150 MW / 30 MW = 5
                    inconsistent       | 150 MW / 30 MW = 50
                    consistent         | 15T tokens at 54 days = 3.2M tokens/s
                    consistent         | 15 billones de tokens en 54 días = 3,2 millones de tokens/s
                    consistent         | 15 trillion tokens in 54 days is 3.2 million tokens per second
                    consistent         | 3.2M tokens/s for 54 days = 15T tokens
                    consistent         | 3.2 millones de tokens por segundo durante 54 días son 15 billones de tokens
                    inconsistent       | 3.2M tokens/s for 54 days = 150T tokens
                    consistent         | 100000 h100 for 1 year = 876M gpu hours
                    consistent         | 100.000 H100 durante un año = 876 millones de horas de GPU
                    consistent         | 100000 h100 x 90 days x 24 h = 216M GPU-hours
                    consistent         | 16384 gpus x 54 days = 21.2M gpu-hours
                    consistent         | 16384 gpus * 54 days * 24 = 21233664
                    consistent         | 1,000,000 A100 hours at $1.5/h = $1.5M
                    consistent         | 1000000 A100-hours x 1.5 $/h = 1.5M $
                    consistent         | 1.000.000 horas A100 x 1,5 USD/h = 1,5M USD
                    consistent         | 1 millón de horas de A100 a 1,50 dólares la hora son 1,5 millones de dólares
                    consistent         | 1M a100 hours at 1.5 dollars an hour is 1.5 million dollars
                    consistent         | 1M gpu hours @ 1.5 USD/h = 1.5M USD
                    inconsistent       | 1.000.000 horas A100 x 1,5 USD/h = 15M USD
                    consistent         | 39.3M H100 hours x 0.7 kW = 27.5 GWh
                    consistent         | 39,3M horas H100 × 0,7 kW = 27,5 GWh
                    consistent         | 27.5 GWh x 0.4138 kg/kWh = 11380 t
                    consistent         | 27,5 GWh x 0,4138 kg/kWh = 11.380 t
                    consistent         | 27500 MWh x 414 g/kWh = 11385 t
                    consistent         | 27500 MWh x 414 g/kWh = 11.385 kt
                    consistent         | 27.500 MWh a 414 gramos por kWh = 11.385 toneladas
                    inconsistent       | 27500 MWh x 414 g/kWh = 11385 kg
                    consistent         | 150 MW of IT at PUE 1.08 = 162 MW facility
                    consistent         | 150 MW IT x 1.08 = 162 MW facility
                    consistent         | 150 MW IT con PUE 1,08 = 162 MW instalación
                    inconsistent       | 150 MW facility = 162 MW IT
                    consistent         | 1419 GWh x 7.03 c/kWh = 100M USD
                    consistent         | 1.419 GWh a 7,03 centavos por kWh = 100 millones de dólares
                    consistent         | 1419 GWh x 0.454 kg/kWh = 644 kt
                    consistent         | $4bn / (100000 x 4 x 8760) = $1.14
                    consistent         | 4.000 millones de dólares / (100.000 x 4 x 8.760 h) = 1,14 USD/h
                    consistent-only-as | 419 interruptions in 54 days on 16384 H100
                    consistent-only-as | 1 failure every 3 hours on 16384 H100
                    consistent-only-as | un fallo cada 3 horas con 16.384 H100
                    consistent-only-as | 100000 H100 fail every 30 minutes
                    consistent-only-as | 100.000 H100 fallan cada 30 minutos
                    inconsistent       | 100000 H100 fail every 30 days
                    inconsistent       | 100.000 H100 fallan una vez al mes
                    consistent         | tp 8 x pp 16 x dp 128 = 16384
                    consistent         | 8 x 16 x 128 = 16384
                    inconsistent       | 8 x 16 x 128 = 8192
                    consistent         | TP8 PP16 DP128 = 16384 GPUs
                    consistent         | llama 3 405B has 405 billion parameters
                    consistent         | Llama 4 Maverick has 400 billion parameters
                    consistent         | Llama 4 Scout tiene 109.000 millones de parámetros
                    inconsistent       | Llama 4 Scout has 405 billion parameters
                    consistent         | Llama 4 Maverick has 17B active parameters
                    consistent         | H100 = 989 TFLOPS
                    consistent-only-as | H100 = 1979 TFLOPS bf16
                    consistent         | H100 = 1979 TFLOPS fp8
                    consistent         | A100 = 312 TFLOP/s
                    consistent         | H100 has 80 GB of memory
                    consistent         | H200 = 141 GB
                    consistent         | Meta will invest 40 billion dollars in infrastructure in 2024
                    consistent         | Meta invertirá 40.000 millones de dólares en infraestructura en 2024
                    consistent         | Meta spends US$40 bn, +42 % on 2023
                    consistent-only-as | Meta spent 39.23 billion dollars in 2024
                    inconsistent       | Meta will spend 60 billion dollars in 2024
                    inconsistent       | Meta will spend 40 billion dollars in 2024, up 62 % on 2023
                    consistent         | revenue +22 %
                    consistent         | ingresos +22 %
                    consistent-only-as | costs +9 %
                    consistent-only-as | costes +9 %
                    inconsistent       | revenue fell 22 %
                    inconsistent       | los ingresos cayeron un 22 %
                    consistent-only-as | Meta's revenue rose 19 % in the third quarter
                    consistent-only-as | Meta's revenue rose 19 % in the third quarter of 2024
                    inconsistent       | Meta's revenue rose 22 % in the third quarter of the year
                    consistent         | Meta's revenue rose 22 % in the year 2024
                    consistent         | Meta's revenue in 2024 was 164.5 billion dollars
                    consistent         | Los ingresos de Meta en 2024 fueron 164.500 millones de dólares
                    consistent         | Meta's costs in 2024 were 95.1 billion dollars
                    consistent         | 1M tokens at $2 per million tokens = $2
                    consistent         | 1B tokens x 0.52 USD per million tokens = 520 USD
                    consistent         | 168 bn tokens at $0.52 per million tokens = $87,360
                    consistent         | 168.000 millones de tokens a 0,52 dólares por millón de tokens = 87.360 dólares
                    consistent         | $87,072 / 168 bn tokens = $0.52 per million tokens
                    consistent         | 87072 USD / 168B tokens = 0.52 USD per M tokens
                    consistent         | 608 billion tokens per day = 7.04M tokens/s
                    consistent         | 608.000 millones de tokens al día = 7,04 millones de tokens/s
                    consistent         | 73.7K tokens/s per node x 226.75 nodes = 16.7M tokens/s
                    consistent         | 14.8k tokens/s x 3600 s = 53.3M tokens
                    consistent         | 1000 queries x $0.01 = $10
                    consistent         | 1,000 impressions at $5 CPM = $5
                    consistent         | 10 kW x 24 h = 240 kWh
                    consistent         | 10 kW x 1 day = 240 kWh
                    consistent         | 10 kW during 30 days = 7.2 MWh
                    consistent         | 7.2 MWh / 30 days = 10 kW
                    consistent         | 150 MW x 1 year x 0.07 USD/kWh = 92M USD
                    consistent         | 150 MW x 8760 h x 0.07 USD/kWh = 92M USD
                    consistent         | 150 MW durante un año a 7 centavos por kWh cuestan 92 millones de dólares
                    consistent         | 150 MW for a year at 7 cents per kWh costs 92 million dollars
                    consistent         | 150 MW for a year at 0.35 kg/kWh emits 460 kt
                    consistent         | 150 MW durante un año a 0,35 kg/kWh emiten 460 kilotoneladas
                    consistent         | 150 MW durante un año a 0,35 kg/kWh emiten 460.000 toneladas
                    consistent         | 1 MWh at 350 g CO2/kWh = 350 kg CO2
                    consistent         | 0.35 kg/kWh = 350 kg/MWh
                    consistent         | 0.35 kg/kWh = 350 g/kWh
                    consistent         | 70 USD/MWh = 0.07 USD/kWh
                    consistent         | 7 c/kWh = 70 USD/MWh
                    consistent         | 2 days = 48 hours
                    consistent         | 90 min = 1.5 h
                    consistent         | 54 days = 4665600 s
                    consistent         | 12 months = 1 year
                    consistent         | 1.59 TWh = 1590 GWh
                    consistent         | 1,59 TWh = 1.590 GWh
                    consistent         | 100 % of 150 MW = 150 MW
                    consistent         | 10 % of 150 MW = 15 MW
                    consistent         | el 10 % de 150 MW son 15 MW
                    consistent         | 15 MW is 10 % of 150 MW
                    consistent         | 15 MW es el 10 % de 150 MW
                    consistent         | 148 out of 419 failures = 35.3 %
                    consistent         | 148 de los 419 fallos son el 35,3 %
                    consistent         | 78 % of 419 = 327
                    inconsistent       | 78 % of 419 = 227
                    consistent         | 100,000 H100 at $30,000 each = $3 billion
                    consistent         | 100,000 H100s at $30,000 apiece cost $3 billion
                    consistent         | 100.000 H100 a 30.000 dólares cada una son 3.000 millones de dólares
                    consistent         | 16384 H100 at 400 TFLOP/s = 6.55 EFLOP/s
                    consistent         | 16384 H100 x 400 TFLOP/s = 6.55 EFLOP/s
                    consistent         | 16.384 H100 a 400 TFLOP/s = 6,55 EFLOP/s
                    consistent         | 16384 x 989 TFLOP/s = 16.2 EFLOP/s
                    consistent         | 400 TFLOP/s / 989 TFLOP/s = 40.4 %
                    consistent         | 400 TFLOP/s per H100 = 40.4 % MFU
                    consistent         | 43 % MFU on H100 = 425 TFLOP/s
                    consistent         | 43 % de MFU en H100 = 425 TFLOP/s
                    consistent         | 2.788M GPU hours x $2 per GPU hour = $5.576M
                    consistent         | 2.788.000 horas de GPU a 2 dólares por hora = 5,576 millones de dólares
                    consistent         | 14.8T tokens x 37B parameters x 6 = 3.29e24 FLOP
                    consistent         | 15T tokens x 8B parameters = 7.2e23 FLOP
                    consistent         | 15 billones de tokens x 8.000 millones de parámetros = 7,2e23 FLOP
                    inconsistent       | 15 billones de tokens x 8.000 millones de parámetros = 7,2e20 FLOP
                    consistent         | 16M tokens / 8192 = 1953
                    consistent         | 2048 sequences x 8192 tokens = 16.8M tokens
                    consistent         | 2.048 secuencias x 8.192 tokens = 16,8 millones de tokens
                    consistent         | 16777216 tokens / 8192 tokens = 2048
                    not-checkable      | 100000 h100
                    not-checkable      | hello
                    not-checkable      | = 150 MW
                    not-checkable      | 100000 h100 =
                    not-checkable      | 150 MW =
                    not-checkable      | 100000 foo = 150 MW
                    not-checkable      | 100000 h100 = 150 XW
                    not-checkable      | blah 100000 h100 = 150 MW
                    not-checkable      | 100000 h100 = 150 kg
                    not-checkable      | 100000 h100 = 150 MW = 200 MW
                    not-checkable      | 1/0 MW = 5 MW
                    not-checkable      | El precio del pan es 2 euros/kg de harina
                    not-checkable      | 100000 H100 nunca consumen 150 MW
                    consistent         | 5 = 5
                    inconsistent       | 5 = 6
                    consistent         | 2 x 3 = 6
                    consistent         | 2 + 2 = 4
                    inconsistent       | 2 + 2 = 5
                    not-checkable      | NaN = 5
                    not-checkable      | 1e999 W = 5 W
                    consistent-only-as | 100000 h100 = 0.15 GW
                    consistent-only-as | 100000 h100 = 150000 kW
                    consistent-only-as | 100000 h100 = 150000000 W
                    consistent-only-as | 100.000 h100 = 150.000 kW
                    consistent-only-as | 100,000 h100 = 150,000 kW
                    consistent-only-as | 100000 h100 = 150MW
                    consistent-only-as | 100000h100=150MW
                    consistent-only-as | 100000 H100-SXM = 150 MW
                    consistent-only-as | 100000 NVIDIA H100 = 150 MW
                    consistent-only-as | 100000 Nvidia H100 GPUs use 150 MW of power
                    consistent-only-as | 100 thousand H100s need 150 MW
                    consistent-only-as | cien mil H100 necesitan 150 MW
                    consistent-only-as | 100 mil H100 consumen 150 MW
                    consistent-only-as | Training on 100,000 H100 needs 150 MW
                    consistent-only-as | Entrenar con 100.000 H100 requiere 150 MW
                    consistent-only-as | The cluster of 100,000 H100 consumes 150 MW
                    consistent-only-as | El clúster de 100.000 H100 consume 150 MW
                    consistent-only-as | 100,000 H100 chips would consume about 150 megawatts
                    consistent-only-as | 100.000 chips H100 consumirían unos 150 megavatios
                    consistent-only-as | 100.000 chips Nvidia H100 consumen 150 megavatios
                    consistent-only-as | un sistema de 100.000 H100 de Nvidia consume 150 MW
                    consistent-only-as | 100,000 H100 consuming 150 MW
                    consistent-only-as | powering 100,000 H100 takes 150 MW
                    consistent-only-as | Meta's cluster of 100,000 H100 draws 150 MW
                    consistent         | 150 megavatios frente a 30 megavatios = 5 veces
                    consistent         | 150 MW vs 30 MW = 5x
                    consistent         | 150 MW against 30 MW = 5
                    consistent         | 150 MW frente a 30 MW es 5 veces más
                    consistent         | El Capitan necesita 30 megavatios
                    consistent         | El Capitan requires 30 megawatts
                    consistent         | El Capitan's power is 30 MW
                    consistent         | la potencia de El Capitan es 30 MW
                    consistent         | El superordenador El Capitan consume 30 MW
                    consistent         | 40 mil millones frente a 28,1 mil millones = +42 %
                    consistent         | 40.000 millones frente a 28.100 millones, un 42 % más
                    consistent         | 40 bn is 42 % more than 28.1 bn
                    consistent         | 40 billion is 42% higher than 28.1 billion
                    consistent         | 28.1 bn + 42 % = 40 bn
                    consistent         | 28.1 bn to 40 bn = 42 % growth
                    consistent         | growth from 28.1 bn to 40 bn = 42 %
                    consistent         | crecimiento de 28,1 a 40 = 42 %
                    consistent         | 28.1 -> 40 = +42 %
                    consistent         | +42 % from 28.1 bn to 40 bn
                    consistent         | 40 / 28.1 - 1 = 42 %
                    consistent         | (40 - 28.1) / 28.1 = 42 %
                    consistent         | 134,902 to 164,501 = 22%
                    inconsistent       | 16384 gpus * 54 days * 24 = 31233664
                    inconsistent       | 3.8e25 FLOP / 16384 H100 at 40% MFU = 168 days
                    inconsistent       | $2 per GPU hour for 1814 GPUs for 24 hours = $870,720
                    inconsistent       | 405B parameters x 2 bytes = 405 GB
                    consistent-only-as | Llama 4 Maverick has 17 billion parameters
                    consistent-only-as | Llama 4 Maverick has 400B active parameters
                    inconsistent       | llama 3 405B has 305 billion parameters
                    inconsistent       | 150 MW of IT at PUE 1.08 = 172 MW facility
                    consistent         | 162 MW facility at PUE 1.08 = 150 MW IT
                    consistent         | 162 MW instalación con PUE 1,08 = 150 MW IT
                    inconsistent       | 162 MW facility at PUE 1.08 = 140 MW IT
                    inconsistent       | 150 MW is five times 50 MW
                    inconsistent       | 40 bn is 62 % more than 28.1 bn
                    inconsistent       | 28.1 bn + 62 % = 40 bn
                    consistent         | 164.5 bn is 21.9 % more than 134.9 bn
                    consistent         | 164.500 millones son un 21,9 % más que 134.900 millones
                    consistent         | 80 is 20 % less than 100
                    inconsistent       | 80 is 30 % less than 100
                    consistent         | 80 es un 20 % menos que 100
                    inconsistent       | Meta AI has more than 900 million monthly users
                    consistent         | Meta AI has more than 400 million users a month
                    inconsistent       | Meta's revenue in 2024 was 264.5 billion dollars
                    inconsistent       | Meta will spend 41 billion dollars in 2024, up 12 % on 2023
                    inconsistent       | 168 bn tokens at $5.2 per million tokens = $87,360
                    inconsistent       | 73.7K tokens/s per node x 226.75 nodes = 36.7M tokens/s
                    inconsistent       | 100 H100 at $30,000 each = $3 billion
                    inconsistent       | 400 TFLOP/s per H100 = 60.4 % MFU
                    inconsistent       | 100000 H100 fail 419 times in 54 days
                    consistent-only-as | 16384 H100 fail 419 times in 54 days
                    inconsistent       | 1 week = 186 h
                    inconsistent       | 419 interruptions in 1 day on 16384 H100
                    """)
    void aSentenceIsJudged(String verdict, String sentence) {
        ClaimResult result = CHECKER.check(sentence);

        assertThat(result.verdict().toString()).as("%s -> %s", sentence, result).isEqualTo(verdict);
    }
}
