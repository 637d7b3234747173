package dev.altiplano.planner.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.simulation.RunPhase;
import dev.altiplano.planner.simulation.RunResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunBinsTest {
    private static final Study.Run RUN =
            Study.of(ExamplePlan.of(Catalog.builtIn()), () -> false).run().orElseThrow();
    private static final RunResult RESULT = RUN.trace().result();

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 60, 1_000})
    void thePiecesHoldTheWholeRun(int count) {
        List<RunBins.Bin> bins = RunBins.of(RUN.trace(), count);

        for (RunPhase phase : PhaseColour.PHASES) {
            assertThat(bins.stream().mapToLong(b -> b.phaseMicros().getOrDefault(phase, 0L)).sum())
                    .as("%s", phase)
                    .isEqualTo(RESULT.phaseMicros(phase));
        }
        assertThat(bins.stream().mapToInt(RunBins.Bin::fewestSpares).min())
                .hasValue(RESULT.nodes().fewestSpares());
    }

    @Test
    void theStopsOfAllPiecesAreThoseOfOne() {
        int whole = RunBins.of(RUN.trace(), 1).getFirst().stops();

        assertThat(RunBins.of(RUN.trace(), 60).stream().mapToInt(RunBins.Bin::stops).sum())
                .isEqualTo(whole)
                .isBetween(1, (int) (RESULT.unexpectedStops() + RESULT.plannedStops()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 160})
    void thePowersPiecesHoldTheWholeEnergy(int count) {
        RunPower power = new RunPower(RUN);

        double joules =
                power.pieces(0, power.seconds(), count).stream()
                        .mapToDouble(piece -> piece.mean() * (piece.until() - piece.from()))
                        .sum();

        assertThat(joules).isCloseTo(RESULT.power().joules(), within(1e-6 * joules));
    }

    @Test
    void theLimitFallsInACurtailment() {
        RunPower power = new RunPower(RUN);

        assertThat(power.windows()).hasSize(3);
        assertThat(power.limit(0, 5 * 86_400).stream().map(Svg.Point::y).distinct()).hasSize(2);
    }
}
