package dev.altiplano.planner.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.problem.PlannerException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FailureProfileTest {
    private static final FailureProfile LLAMA3 = TestProfiles.llama3();

    @Test
    void givesThePublishedTimeBetweenStops() {
        assertThat(LLAMA3.unexpectedStops()).isEqualTo(419);
        assertThat(LLAMA3.mttiHours(16_384)).isCloseTo(3.093, within(0.0005));
        assertThat(LLAMA3.gpuHoursBetweenStops()).isCloseTo(50_677, within(0.5));
        assertThat(LLAMA3.stopsPerThousandNodeDays()).isCloseTo(3.79, within(0.005));
        assertThat(LLAMA3.mttiHours(100_000) * 60).isCloseTo(30.4, within(0.05));
        assertThat(LLAMA3.plannedStopsPerDay()).isCloseTo(0.87, within(0.005));
    }

    @Test
    void countsTheShareOfACauseRightlyWhereTheTableMisprintsIt() {
        assertThat(LLAMA3.share(LLAMA3.causes().getFirst())).isCloseTo(0.353, within(0.0005));
    }

    @ParameterizedTest(name = "{0} GPUs: {1} h")
    @CsvSource({"16384, 1.803", "131072, 0.2254", "1024, 28.85"})
    void turnsStopsPerThousandNodeDaysIntoHours(double gpus, double hours) {
        FailureProfile rsc1 = FailureProfile.perThousandNodeDays("rsc-1", 6.50, 8, "REL");

        assertThat(rsc1.mttiHours(gpus)).isCloseTo(hours, within(hours * 5e-4));
        assertThat(rsc1.stopsPerThousandNodeDays()).isEqualTo(6.5);
    }

    @ParameterizedTest(name = "{0}: {1} components")
    @CsvSource({"GPU, 100000", "NODE, 12500", "LINK, 12500", "RACK, 6250"})
    void takesOneClassOfComponentWithItsYearsBetweenFailures(Scope scope, double components) {
        FailureProfile own = FailureProfile.singleComponent("own", scope, 5, 8, 2);

        assertThat(own.mttiHours(100_000)).isCloseTo(5 * 8_760 / components, within(1e-9));
    }

    @Test
    void keepsJobWideFaultsAtTheObservedRateOnRequest() {
        FailureProfile constant = LLAMA3.withJobScaling(JobScaling.CONSTANT);
        double jobStopsPerHour = (54 + 7 + 2) / (54 * 24.0);
        double others = (419 - 63) / (54 * 24.0);

        assertThat(constant.stopsPerHour(16_384))
                .isCloseTo(LLAMA3.stopsPerHour(16_384), within(1e-12));
        assertThat(constant.stopsPerHour(32_768))
                .isCloseTo(jobStopsPerHour + 2 * others, within(1e-12));
    }

    @Test
    void neverStopsWithoutCauses() {
        assertThat(TestProfiles.perfect().mttiHours(100_000)).isInfinite();
    }

    @ParameterizedTest(name = "{0} years")
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesYearsThatAreNotAboveZero(double years) {
        assertThatThrownBy(() -> FailureProfile.singleComponent("own", Scope.GPU, years, 8, 2))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("own")
                .hasMessageContaining("years");
    }

    @Test
    void refusesACauseThatStandsTwice() {
        FailureCause cause = LLAMA3.causes().getFirst();

        assertThatThrownBy(
                        () ->
                                new FailureProfile(
                                        "twice",
                                        LLAMA3.observed(),
                                        List.of(cause, cause),
                                        0,
                                        JobScaling.WITH_GPUS,
                                        ""))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("gpu stands twice");
    }

    @Test
    void widensTheBandOfSmallJobsSoThatTheMeasuredTimeLiesInside() {
        FailureProfile rsc1 = FailureProfile.perThousandNodeDays("rsc-1", 6.50, 8, "REL");
        RateBand large = RateBand.of(LLAMA3, 16_384);
        RateBand small = RateBand.of(rsc1, 1_024);

        assertThat(small.lowMttiHours()).isCloseTo(28.85 / 4, within(0.01)).isLessThan(7.9);
        assertThat(large.highPerHour() / large.likelyPerHour()).isCloseTo(1.063, within(0.001));
        assertThat(RateBand.of(LLAMA3, 3_999).highPerHour())
                .isCloseTo(4 * large.highPerHour() * 3_999 / 16_384, within(1e-9));
        assertThat(RateBand.of(LLAMA3, 4_000).highPerHour())
                .isCloseTo(large.highPerHour() * 4_000 / 16_384, within(1e-9));
    }
}
