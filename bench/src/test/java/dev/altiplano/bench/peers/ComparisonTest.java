package dev.altiplano.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.bench.peers.Comparison.Ratio;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
    private static final Subject MODEL = new Subject.Synthetic("shape");
    private static final Workload TEST = new Workload(0, 32, 0);

    private final Results results = new Results();

    @Test
    void comparesRoundByRoundWithThePeerOfTheHighestMedian() {
        add(Contender.Ours.NAME, 30, 20, 40);
        add("slow", 1, 2, 300);
        add("fast", 20, 10, 10);

        Ratio ratio = Comparison.of(results).getFirst().ratio().orElseThrow();

        assertThat(ratio.peer()).isEqualTo("fast");
        assertThat(ratio.spread().min()).isEqualTo(1.5, within(1e-9));
        assertThat(ratio.spread().median()).isEqualTo(2, within(1e-9));
        assertThat(ratio.spread().max()).isEqualTo(4, within(1e-9));
    }

    @Test
    void comparesOnlyRoundsThatBothFinished() {
        add(Contender.Ours.NAME, 30, 20, 40);
        add("peer", 10);

        Ratio ratio = Comparison.of(results).getFirst().ratio().orElseThrow();

        assertThat(ratio.spread()).isEqualTo(new Spread(3, 3, 3));
    }

    @Test
    void hasNoRatioWithoutAPeer() {
        add(Contender.Ours.NAME, 30);

        assertThat(Comparison.of(results).getFirst().ratio()).isEmpty();
    }

    @Test
    void namesAFailureInTheTable() {
        add(Contender.Ours.NAME, 30);
        results.fail(new Results.Failure(MODEL, 2, "peer", "stopped after 900 s"));

        String table = ResultTable.of(Comparison.of(results), results.failures(), Optional.empty());

        assertThat(table).contains("| shape | all | 2 | peer | – | – | – | stopped after 900 s |");
    }

    private void add(String engine, double... rates) {
        for (int round = 0; round < rates.length; round++) {
            Sample sample = new Sample(TEST, rates[round], "build", OptionalDouble.empty());
            results.add(MODEL, 2, engine, round, List.of(sample));
        }
    }
}
