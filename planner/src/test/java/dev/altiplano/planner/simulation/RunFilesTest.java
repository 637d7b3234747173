package dev.altiplano.planner.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.planner.reliability.FaultEffect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFilesTest {
    @TempDir private Path folder;

    @Test
    void writesAllFilesAndLeavesNoPartBehind() throws IOException {
        RunInput quiet = RunSimulationTest.quiet(Work.ofDays(2, 1, 1), 600, 5);
        Trace trace = TestRuns.trace(RunSimulationTest.failing(quiet, FaultEffect.NODE_LOST, 0.5));

        new RunFiles(folder.resolve("out")).write(trace, PowerSeries.Resolution.MINUTE);

        Path out = folder.resolve("out");
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("events.csv", "timeline.csv", "power.csv", "hash");
        }
        assertThat(Files.readString(out.resolve("events.csv"))).isEqualTo(trace.eventsCsv());
        assertThat(Files.readString(out.resolve("hash"))).isEqualTo(trace.result().hash() + "\n");
        List<String> timeline = Files.readAllLines(out.resolve("timeline.csv"));
        assertThat(timeline.getFirst()).isEqualTo("from_us,until_us,phase,cause,speed_ppm,spares");
        assertThat(timeline.get(1)).isEqualTo("0,600000000,training,none,1000000,6");
        List<String> power = Files.readAllLines(out.resolve("power.csv"));
        assertThat(power).hasSize(1 + 2 * 24 * 60);
        assertThat(power.get(1)).isEqualTo("0,134000.0");
        List<String> events = Files.readAllLines(out.resolve("events.csv"));
        assertThat(events).hasSize(1 + (int) trace.result().events());
        assertThat(events.get(1)).startsWith("600000000,checkpoint_begin,0,checkpoint,");
    }
}
