package dev.altiplano.planner.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.planner.problem.PlannerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QueueFileTest {
    private static final Inventory SIXTEEN = Inventory.uniform(16, 2, 8);
    private static final long HOUR = 3_600_000_000L;

    @TempDir private Path folder;

    @Test
    void readsJobsAndWindows() throws IOException {
        QueueFile.Request request =
                read(
                        """
                        jobs:
                          large: {tp: 8, pp: 2, dp: 6, work: 2 d, checkpoint: 30 min}
                          small: {dp: 8, work: 3, submit: 1 h, priority: 7}
                        maintenance: [{pod: p1, from: 5, hours: 2}]
                        """);

        QueuedJob large = request.jobs().getFirst();
        assertThat(large.name()).isEqualTo("large");
        assertThat(large.shape().nodes()).isEqualTo(12);
        assertThat(large.workMicros()).isEqualTo(48 * HOUR);
        assertThat(large.checkpointMicros()).isEqualTo(HOUR / 2);
        assertThat(large.watts()).isEqualTo(12 * 8 * 500.0);
        QueuedJob small = request.jobs().getLast();
        assertThat(small.shape().nodes()).isEqualTo(1);
        assertThat(small.submitMicros()).isEqualTo(HOUR);
        assertThat(small.priority()).isEqualTo(7);
        MaintenanceWindow window = request.windows().getFirst();
        assertThat(window.nodes()).hasSize(8).contains("n8", "n15");
        assertThat(window.untilMicros()).isEqualTo(7 * HOUR);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "jobs: {a: {dp: 1}} | key 'work' is missing",
                "jobs: {a: {dp: 1, works: 3}} | key 'works' unknown; did you mean work?",
                "jobs: {a: {dp: 0, work: 3}} | dp 0 below 1",
                "jobs: {a: {dp: 1, work: nan}} | not a finite number",
                "jobs: {a: {dp: 1, work: 5 MW}} | measures power",
                "jobs: {a: {tp: 16, dp: 1, work: 1}} | tp 16 is larger than the 8 GPUs of a node",
                "jobs: {a: {tp: 8, pp: 9999, dp: 9999, work: 1}} | more than 10000000 GPUs",
                "jobs: {a: {tp: 8, cp: 8388608, pp: 8388608, dp: 32768, work: 1}} | more than 10000000 GPUs",
                "{jobs: {a: {dp: 1, work: 1}}, maintenance: [{from: 1, hours: 1}]} | needs one of node",
                "{jobs: {a: {dp: 1, work: 1}}, maintenance: [{pod: q1, from: 1, hours: 1}]} | pod q1 unknown; did you mean p1",
                "jobs: [1] | a list",
                "7 | found '7'",
            })
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining(message);
    }

    private QueueFile.Request read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("jobs.yaml"), text);
        return QueueFile.read(file, SIXTEEN, 8, 500);
    }
}
