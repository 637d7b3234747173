package dev.altiplano.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.ModelFormatException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SampleTest {
    @Test
    void readsWhatLlamaBenchPrints() {
        List<Sample> samples =
                Sample.parse(
                        "peer",
                        """
                        warming up
                        [ {"build_commit": "0c1e57098", "n_prompt": 512, "n_gen": 0, "n_depth": 0, "avg_ts": 175.5},
                          {"build_commit": "0c1e57098", "n_prompt": 0, "n_gen": 32, "n_depth": 4096, "avg_ts": 30.25} ]
                        """);

        assertThat(samples).extracting(Sample::tokensPerSecond).containsExactly(175.5, 30.25);
        assertThat(samples)
                .extracting(Sample::workload)
                .containsExactly(new Workload(512, 0, 0), new Workload(0, 32, 4096));
        assertThat(samples.getFirst().build()).isEqualTo("0c1e57098");
        assertThat(samples.getFirst().gigabytesPerSecond()).isEmpty();
    }

    @Test
    void takesTheGigabytesOfAnEngineThatSaysThem() {
        List<Sample> samples =
                Sample.parse("ours", "[{\"n_gen\": 8, \"avg_ts\": 2, \"read_gb_per_s\": 12.5}]");

        assertThat(samples.getFirst().gigabytesPerSecond()).hasValue(12.5);
    }

    @Test
    void leavesOutTestsThatMixReadingAndWriting() {
        assertThat(Sample.parse("peer", "[{\"n_prompt\": 8, \"n_gen\": 8, \"avg_ts\": 2}]"))
                .isEmpty();
    }

    @Test
    void refusesARateThatIsNone() {
        assertThatThrownBy(() -> Sample.parse("peer", "[{\"n_gen\": 8, \"avg_ts\": 0}]"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("tokens a second");
    }

    @Test
    void refusesWhatIsNoJson() {
        assertThatThrownBy(() -> Sample.parse("peer", "Segmentation fault"))
                .isInstanceOf(ModelFormatException.class);
    }
}
