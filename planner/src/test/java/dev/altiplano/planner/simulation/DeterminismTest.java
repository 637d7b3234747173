package dev.altiplano.planner.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.reliability.FailureCause;
import dev.altiplano.planner.reliability.FailureProfile;
import dev.altiplano.planner.reliability.FaultEffect;
import dev.altiplano.planner.reliability.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

final class DeterminismTest {
    private static final RunInput INPUT =
            TestRuns.with(
                    TestRuns.llama3(2_048, 10, 0),
                    RecoveryPlan.defaults(RecoveryPolicy.HOT_SPARE, 30));

    @Test
    void givesTheSameBytesForAnyNumberOfThreads() {
        SampleSummary one = new SampleRunner(1).run(INPUT, 12, () -> false);

        assertThat(new SampleRunner(2).run(INPUT, 12, () -> false)).isEqualTo(one);
        assertThat(new SampleRunner(7).run(INPUT, 12, () -> false)).isEqualTo(one);
        assertThat(one.runs().stream().map(RunResult::hash).distinct()).hasSize(12);
    }

    @Test
    void hashesTheEventLogThatItWrites() throws Exception {
        Trace trace = TestRuns.trace(INPUT);

        byte[] digest =
                MessageDigest.getInstance("SHA-256")
                        .digest(trace.eventsCsv().getBytes(StandardCharsets.US_ASCII));
        assertThat(trace.result().hash()).isEqualTo(HexFormat.of().formatHex(digest));
        assertThat(trace.result()).isEqualTo(TestRuns.run(INPUT));
    }

    /** A change of this hash is a change of every published result: say so in the change log. */
    @Test
    void keepsTheHashOfAKnownRun() {
        assertThat(TestRuns.run(INPUT).hash())
                .isEqualTo("3b99c0572b14127d9aca674721fe385975b1bce0733ec555ddb15bcffda8467f");
    }

    @Test
    void aNewCauseLeavesTheArrivalsOfTheOthersAlone() {
        FailureProfile profile = INPUT.profile();
        List<FailureCause> more = new ArrayList<>(profile.causes());
        more.addFirst(new FailureCause("meteor", Scope.NODE, FaultEffect.NODE_LOST, 20));
        FailureProfile longer =
                new FailureProfile(
                        profile.name(),
                        profile.observed(),
                        more,
                        profile.plannedStops(),
                        profile.jobScaling(),
                        profile.source());

        assertThat(arrivals(TestRuns.with(INPUT, longer), "nic")).isEqualTo(arrivals(INPUT, "nic"));
    }

    /** Time and slot of every fault of one cause, out of the event log. */
    private static List<String> arrivals(RunInput input, String cause) {
        String log = TestRuns.trace(input).eventsCsv();
        List<String> arrivals =
                log.lines()
                        .filter(
                                line ->
                                        line.contains(",fault,")
                                                && line.contains("," + cause + ","))
                        .map(line -> line.substring(0, line.indexOf("," + cause + ",")))
                        .toList();
        assertThat(arrivals).isNotEmpty();
        return arrivals;
    }

    @Test
    void streamsWithDifferentKeysDiffer() {
        long first = new RandomStream(1, "fault:gpu", 0).nextLong();

        assertThat(new RandomStream(1, "fault:gpu", 0).nextLong()).isEqualTo(first);
        assertThat(new RandomStream(2, "fault:gpu", 0).nextLong()).isNotEqualTo(first);
        assertThat(new RandomStream(1, "fault:ssd", 0).nextLong()).isNotEqualTo(first);
        assertThat(new RandomStream(1, "fault:gpu", 1).nextLong()).isNotEqualTo(first);
    }

    @Test
    void streamsAreUniform() {
        RandomStream stream = new RandomStream(1, "test", 0);
        int[] buckets = new int[10];
        double sum = 0;
        for (int i = 0; i < 100_000; i++) {
            double value = stream.nextUniform();
            sum += value;
            buckets[(int) (value * 10)]++;
        }

        assertThat(sum / 100_000).isBetween(0.497, 0.503);
        assertThat(Arrays.stream(buckets)).allMatch(count -> count > 9_600 && count < 10_400);
    }

    @Test
    void stopsSoonAfterItIsAskedTo() {
        assertThatThrownBy(() -> RunSimulation.run(TestRuns.llama3(2_048, 54, 300), () -> true))
                .isInstanceOf(CancellationException.class);
        assertThatThrownBy(
                        () ->
                                new SampleRunner(2)
                                        .run(TestRuns.llama3(2_048, 54, 300), 4, () -> true))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void refusesNoSamples() {
        assertThatThrownBy(() -> new SampleRunner(2).run(INPUT, 0, () -> false))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("samples 0");
    }
}
