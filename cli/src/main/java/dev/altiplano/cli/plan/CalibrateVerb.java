package dev.altiplano.cli.plan;

import dev.altiplano.planner.file.TextFile;
import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.step.Calibration;
import dev.altiplano.planner.step.Measurement;
import dev.altiplano.planner.step.MeasurementCsv;
import dev.altiplano.planner.step.StepConstants;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plan calibrate}: the step model's constants from the user's own measurements. */
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        description = "Fits the constants of the step model to measured steps.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan calibrate plan.yaml --measurements steps.csv",
            "  steps.csv: tp,pp,dp,v,micro,micro_batches,seconds",
        })
final class CalibrateVerb extends PlanFileVerb {

    @Option(
            names = "--measurements",
            required = true,
            paramLabel = "CSV",
            description = "One measured step a line; the header names the columns.")
    private Path measurements = Path.of("");

    @Override
    Answer answer() {
        PlanInput input = input();
        List<Measurement> measured =
                MeasurementCsv.read(
                        measurements.toString(),
                        TextFile.read(measurements).lines().toList(),
                        input.stepModel());
        if (measured.isEmpty()) {
            throw new PlannerException(
                    ErrorCode.E004, measurements + ": expected one measured step or more");
        }
        Calibration fit = Calibration.fit(measured, StepConstants.FITTED);
        Answer answer =
                about(input, "Calibration of the step model")
                        .fact("steps", "measured steps", measured.size())
                        .figure(
                                "error_before",
                                "mean error before",
                                fit.before().mean(),
                                "",
                                Grade.DERIVED)
                        .figure(
                                "worst_before",
                                "worst error before",
                                fit.before().worst(),
                                "",
                                Grade.DERIVED)
                        .figure(
                                "error_after",
                                "mean error after",
                                fit.after().mean(),
                                "",
                                Grade.DERIVED)
                        .figure(
                                "worst_after",
                                "worst error after",
                                fit.after().worst(),
                                "",
                                Grade.DERIVED);
        constants(answer, fit.constants());
        return answer.note(
                "The error after is on the rows of the fit: hold other rows back to judge it.");
    }

    private static void constants(Answer answer, StepConstants fitted) {
        StepConstants start = StepConstants.FITTED;
        answer.grid("constants", "Constants")
                .text("name", "name")
                .number("before", "before")
                .number("after", "after")
                .row("gemm_peak_share", start.gemmPeakShare(), fitted.gemmPeakShare())
                .row("gemm_half_size", start.gemmHalfSize(), fitted.gemmHalfSize())
                .row(
                        "attention_peak_share",
                        start.attentionPeakShare(),
                        fitted.attentionPeakShare())
                .row("layer_traffic", start.layerTraffic(), fitted.layerTraffic())
                .row("softmax_traffic", start.softmaxTraffic(), fitted.softmaxTraffic())
                .row("link_share", start.linkShare(), fitted.linkShare())
                .row("network_share", start.networkShare(), fitted.networkShare())
                .row("memory_share", start.memoryShare(), fitted.memoryShare())
                .row("head_peak_share", start.headPeakShare(), fitted.headPeakShare());
    }
}
