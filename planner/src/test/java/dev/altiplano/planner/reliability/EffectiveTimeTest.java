package dev.altiplano.planner.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EffectiveTimeTest {
    /** The specification's table: to the digits printed. */
    @ParameterizedTest(name = "{0} GPUs, stall {1} s, restart {2} min: {3} and {4}")
    @CsvSource({
        "16384, 5, 2, .960, .960",
        "16384, 5, 5, .944, .945",
        "16384, 5, 10, .917, .919",
        "16384, 5, 15, .891, .895",
        "100000, 5, 2, .865, .869",
        "100000, 5, 5, .770, .787",
        "100000, 5, 10, .611, .668",
        "100000, 5, 15, .453, .566",
        "100000, 30, 2, .773, .777",
        "100000, 30, 5, .683, .704",
        "100000, 30, 10, .532, .597",
        "100000, 30, 15, .381, .506",
    })
    void givesTheReferenceTable(
            double gpus, double stall, double minutes, double firstOrder, double exact) {
        double mtti = TestProfiles.llama3().mttiHours(gpus) * 3_600;

        EffectiveTime time = EffectiveTime.atDalyInterval(mtti, minutes * 60, stall);

        assertThat(time.exact()).isCloseTo(exact, within(0.00051));
        assertThat(EffectiveTime.atYoungInterval(mtti, minutes * 60, stall).firstOrder())
                .isCloseTo(firstOrder, within(0.00051));
    }

    @ParameterizedTest(name = "M {0} s, stall {1} s, restart {2} s")
    @CsvSource({
        "11135.084, 5, 120, 0.95986, 0.95993, 330.368",
        "11135.084, 30, 600, 0.87722, 0.87968, 797.499",
        "1824.372, 5, 600, 0.61147, 0.66775, 131.757",
        "1824.372, 30, 900, 0.38142, 0.50645, 311.153",
    })
    void givesTheClosedFormsOfTheValidationCases(
            double mtti,
            double stall,
            double restart,
            double firstOrder,
            double exact,
            double interval) {
        EffectiveTime time = EffectiveTime.atDalyInterval(mtti, restart, stall);

        assertThat(time.exact()).isCloseTo(exact, within(5.1e-6));
        assertThat(time.intervalSeconds()).isCloseTo(interval, within(5.1e-4));
        assertThat(EffectiveTime.atYoungInterval(mtti, restart, stall).firstOrder())
                .isCloseTo(firstOrder, within(5.1e-6));
    }

    @Test
    void cannotPassTheBoundOfTheRestartEvenWithFreeCheckpoints() {
        EffectiveTime time = EffectiveTime.atDalyInterval(1_824.372, 600, 1e-9);

        assertThat(time.boundByRestart()).isCloseTo(0.72, within(0.005));
        assertThat(time.exact()).isLessThan(time.boundByRestart());
        assertThat(time.exact()).isCloseTo(time.boundByRestart(), within(1e-4));
    }

    @Test
    void losesOnlyCheckpointsWhenNothingFails() {
        EffectiveTime time = new EffectiveTime(Double.POSITIVE_INFINITY, 600, 95, 5);

        assertThat(time.exact()).isCloseTo(0.95, within(1e-12));
        assertThat(time.firstOrder()).isCloseTo(0.95, within(1e-12));
    }

    @ParameterizedTest(name = "M {0} s, stall {1} s")
    @CsvSource({"11135.084, 5", "1824.372, 5", "1824.372, 30", "500, 100"})
    void dalysIntervalIsTheBestOfTheExactFormToTheSecond(double mtti, double stall) {
        double daly = CheckpointInterval.dalySeconds(stall, mtti);
        double best = 0;
        double bestShare = 0;
        for (double interval = 1; interval < 4 * mtti; interval += 0.25) {
            double share = new EffectiveTime(mtti, 0, interval, stall).exact();
            if (share > bestShare) {
                best = interval;
                bestShare = share;
            }
        }

        // Beyond a stall of a tenth of M the series of the optimum is longer than a second off.
        assertThat(daly).isCloseTo(best, within(stall < mtti / 10 ? 1.0 : 0.02 * mtti));
        assertThat(new EffectiveTime(mtti, 0, daly, stall).exact())
                .isCloseTo(bestShare, within(1e-3));
    }

    @Test
    void takesTheTimeToInterruptionWhereTheStallIsTwiceAsLong() {
        assertThat(CheckpointInterval.dalySeconds(200, 100)).isEqualTo(100);
    }

    @Test
    void addsUpARestartAndPricesACheckpoint() {
        RestartTime restart = new RestartTime(240, 120, 30, 20, 5, 15);
        CheckpointCost cost = new CheckpointCost(405.853e9, 14, 2e12, 16_384);

        assertThat(restart.totalSeconds()).isEqualTo(430);
        assertThat(cost.writeSeconds()).isCloseTo(2.841, within(0.001));
        assertThat(cost.loadSeconds()).isCloseTo(4.261, within(0.001));
        assertThat(cost.bytesPerGpu()).isCloseTo(346.8e6, within(0.1e6));
        assertThat(cost.peerCopySeconds(400e9)).isCloseTo(0.00694, within(0.00001));
    }

    @Test
    void turnsGoodputIntoDays() {
        double tokensPerSecond = 15.6e12 / 86_400 / 50;

        assertThat(new Goodput(0.8, 0.5).trainingDays(15.6e12, tokensPerSecond))
                .isCloseTo(125, within(1e-9));
    }
}
