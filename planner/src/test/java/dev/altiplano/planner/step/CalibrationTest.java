package dev.altiplano.planner.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.planner.problem.PlannerException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The fit of the constants: on 16 published rows, checked on others. */
final class CalibrationTest {
    private static final List<Measurement> FITTED_ON =
            Stream.of("step-time-seq", "step-time-megatron")
                    .flatMap(CalibrationTest::measurements)
                    .toList();

    private static final StepConstants ELSEWHERE =
            new StepConstants(0.6, 500, 0.5, 60, 6, 0.5, 0.5, 0.80, 0.76);

    @Test
    void theFitFromAnotherStartIsAsGoodAsTheConstantsInUse() {
        Calibration calibration = Calibration.fit(FITTED_ON, ELSEWHERE);
        Calibration.Errors inUse = Calibration.Errors.of(FITTED_ON, StepConstants.FITTED);

        assertThat(calibration.before().mean()).isGreaterThan(0.1);
        assertThat(calibration.after().mean()).isLessThan(inUse.mean() * 1.1);
        assertThat(calibration.after().worst()).isLessThan(0.06);
    }

    @Test
    void theFitHoldsOnRowsThatItHasNotSeen() {
        StepConstants fitted = Calibration.fit(FITTED_ON, StepConstants.FITTED).constants();

        assertThat(
                        Calibration.Errors.of(measurements("step-time-megascale").toList(), fitted)
                                .mean())
                .isLessThan(0.06);
        assertThat(
                        Calibration.Errors.of(
                                        measurements("step-time-llama3-none").toList(), fitted)
                                .mean())
                .isLessThan(0.06);
    }

    @Test
    void findsTheConstantsThatMadeTheMeasurements() {
        StepConstants truth = new StepConstants(0.7, 400, 0.6, 120, 5, 0.6, 0.45, 0.80, 0.76);
        List<Measurement> made =
                FITTED_ON.stream()
                        .map(
                                row ->
                                        new Measurement(
                                                row.name(),
                                                row.model(),
                                                row.layout(),
                                                row.microBatches(),
                                                row.seconds() * (1 + row.error(truth))))
                        .toList();

        Calibration calibration = Calibration.fit(made, StepConstants.FITTED);

        assertThat(calibration.before().mean()).isGreaterThan(0.1);
        assertThat(calibration.after().mean()).isLessThan(0.01);
        assertThat(calibration.after().worst()).isLessThan(0.02);
    }

    @Test
    void leavesAloneWhatNoMeasurementDependsOn() {
        Layout single = Layout.dense(1, 1, 1, 1, 1, 1);
        StepModel model = Models.on(Models.LLAMA_8B, 8192);
        Measurement slow =
                new Measurement("slow", model, single, 4, 2 * model.step(single, 4).seconds());

        StepConstants fitted = Calibration.fit(List.of(slow), StepConstants.FITTED).constants();

        assertThat(fitted.networkShare()).isEqualTo(StepConstants.FITTED.networkShare());
        assertThat(slow.error(fitted)).isBetween(-0.01, 0.01);
    }

    @Test
    void readsMeasurementsFromATable() {
        StepModel model = Models.on(Models.LLAMA_405B, 8192);
        List<Measurement> read =
                MeasurementCsv.read(
                        "steps.csv",
                        List.of(
                                "tp, pp, dp, v, micro_batches, recompute, seconds",
                                "8, 16, 128, 8, 16, none, 6.72",
                                "8,16,64,8,32,full,15"),
                        model);

        assertThat(read).hasSize(2);
        assertThat(read.getFirst().layout()).isEqualTo(Layout.dense(8, 1, 16, 128, 8, 1));
        assertThat(read.getLast().layout().recompute()).isEqualTo(Recompute.FULL);
    }

    @Test
    void namesTheLineThatItCannotRead() {
        StepModel model = Models.on(Models.LLAMA_8B, 8192);
        List<String> lines =
                List.of("dp,micro_batches,seconds", "8,1,2.5", "", "8,one,2.5", "8,1", "8,1,-2");

        assertThatThrownBy(() -> MeasurementCsv.read("steps.csv", lines, model))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("micro_batches 'one' is not a whole number")
                .hasMessageContaining("steps.csv line 4");
        assertThatThrownBy(
                        () ->
                                MeasurementCsv.read(
                                        "steps.csv",
                                        List.of("dp,cp,micro_batches,secs", "1,1,1,2"),
                                        model))
                .hasMessageContaining("column 'secs' unknown; did you mean seconds?");
        assertThatThrownBy(
                        () ->
                                MeasurementCsv.read(
                                        "steps.csv",
                                        List.of(
                                                "dp,cp,micro_batches,seconds",
                                                "2000000000,2000000000,1,2"),
                                        model))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("steps.csv line 2");
        assertThatThrownBy(
                        () -> MeasurementCsv.read("steps.csv", List.of("dp,seconds", "1,2"), model))
                .hasMessageContainingAll("line 1", "micro_batches");
        assertThatThrownBy(() -> MeasurementCsv.read("steps.csv", List.of(), model))
                .hasMessageContaining("header");
    }

    private static Stream<Measurement> measurements(String caseId) {
        return ModelCases.rows(caseId).stream()
                .map(
                        row ->
                                new Measurement(
                                        row.name(),
                                        ModelCases.stepModel(row, StepConstants.FITTED),
                                        ModelCases.layout(row),
                                        row.integer("m"),
                                        row.expected()));
    }
}
