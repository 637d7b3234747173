package dev.altiplano.planner.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.quantity.FacilityPower;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CapProofTest {
    private static final CapSchedule STANDING =
            new CapSchedule(Optional.of(new FacilityPower(100)), List.of());

    @Test
    void findsTheOneBadWindowThatWholeQuartersMiss() {
        // 160 W from 600 s to 1,200 s: both aligned quarters have a mean of 90 W.
        PowerCurve curve =
                new PowerCurve(new double[] {0, 600, 1_200}, new double[] {55, 160, 55}, 1_800);
        assertThat(curve.joules(0, 900) / 900).isEqualTo(90);
        assertThat(curve.joules(900, 1_800) / 900).isEqualTo(90);

        CapProof proof = CapProof.of(curve, STANDING);

        assertThat(proof.holds()).isFalse();
        assertThat(proof.worst().orElseThrow().mean().watts()).isCloseTo(125, within(1e-9));
        assertThat(proof.problem().orElseThrow().toString())
                .startsWith("E303 the mean of 0.000125 MW from 300 s to 1200 s exceeds the cap");
    }

    @Test
    void aShortPeakInAQuietQuarterIsNoBreach() {
        PowerCurve curve =
                new PowerCurve(new double[] {0, 600, 660}, new double[] {90, 200, 90}, 1_800);

        assertThat(CapProof.of(curve, STANDING).holds()).isTrue();
    }

    @Test
    void aWindowShorterThanAQuarterCountsAsOne() {
        CapSchedule caps =
                new CapSchedule(
                        Optional.empty(),
                        List.of(new Curtailment(600, 900, new FacilityPower(50))));
        PowerCurve curve = new PowerCurve(new double[] {0, 650}, new double[] {90, 40}, 1_800);

        assertThat(CapProof.of(curve, caps).holds()).isTrue();
        assertThat(
                        CapProof.of(
                                        new PowerCurve(new double[] {0}, new double[] {51}, 1_800),
                                        caps)
                                .holds())
                .isFalse();
    }

    @Test
    void nothingCappedNeedsNoProof() {
        CapProof proof =
                CapProof.of(
                        new PowerCurve(new double[] {0}, new double[] {1e9}, 10),
                        new CapSchedule(Optional.empty(), List.of()));

        assertThat(proof.holds()).isTrue();
        assertThat(proof.worst()).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void noSampledWindowIsWorseThanTheWorst(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] starts = new double[40];
        double[] watts = new double[40];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = i == 0 ? 0 : starts[i - 1] + random.nextDouble(1, 400);
            watts[i] = random.nextDouble(200);
        }
        PowerCurve curve = new PowerCurve(starts, watts, starts[39] + 500);
        double worst = CapProof.of(curve, STANDING).worst().orElseThrow().mean().watts();

        for (double from = 0; from + 900 <= curve.untilSeconds(); from += 7) {
            assertThat(curve.joules(from, from + 900) / 900).isLessThanOrEqualTo(worst + 1e-9);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void theLowestOpenWindowHoldsAtEveryMoment(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Curtailment> windows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            double from = random.nextDouble(1_000);
            windows.add(
                    new Curtailment(
                            from,
                            from + random.nextDouble(1, 300),
                            new FacilityPower(random.nextDouble(100))));
        }
        CapSchedule caps = new CapSchedule(Optional.empty(), windows);

        double last = 0;
        for (CapSchedule.Level level : caps.levels(1_500)) {
            double middle = (level.fromSeconds() + level.untilSeconds()) / 2;
            double expected =
                    windows.stream()
                            .filter(w -> w.fromSeconds() <= middle && middle < w.untilSeconds())
                            .mapToDouble(w -> w.limit().watts())
                            .min()
                            .orElse(Double.POSITIVE_INFINITY);
            assertThat(level.watts()).isEqualTo(expected);
            assertThat(level.fromSeconds()).isEqualTo(last);
            last = level.untilSeconds();
        }
        assertThat(last).isEqualTo(1_500);
    }
}
