package dev.altiplano.cli.plan;

import dev.altiplano.planner.validation.CheckResult;
import dev.altiplano.planner.validation.Validation;
import dev.altiplano.planner.validation.ValidationReport;
import dev.altiplano.planner.validation.Verdict;
import java.util.Locale;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;

/** {@code plan validate}: every published case against our own functions. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Computed against published: the error table. Exit code 1 on a miss.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan validate",
            "  altiplano plan validate --json",
        })
final class ValidateVerb extends PlanVerb {
    @Override
    Answer answer() {
        ValidationReport report = Validation.run();
        int misses = report.misses().size();
        Answer answer =
                new Answer("Computed against published")
                        .fact("checks", "checks", report.checks().size())
                        .fact("ok", "agree", report.with(Verdict.OK).size())
                        .fact(
                                "flagged",
                                "published errors flagged",
                                report.with(Verdict.FLAGGED).size())
                        .fact(
                                "reported",
                                "without a bar to pass",
                                report.with(Verdict.REPORTED).size())
                        .fact("misses", "missed", misses)
                        .exitCode(misses == 0 ? PlanExit.FINE : PlanExit.CHECK_FAILED);
        Grid grid =
                answer.grid("results", "")
                        .text("case", "case")
                        .text("check", "check")
                        .number("value", "value")
                        .number("published", "published")
                        .text("unit", "unit")
                        .number("error_percent", "error %")
                        .text("tolerance", "tolerance")
                        .text("verdict", "verdict")
                        .hidden("note");
        for (CheckResult check : report.checks()) {
            grid.row(
                    check.caseId(),
                    check.checkId(),
                    check.value(),
                    cell(check.published()),
                    check.unit(),
                    check.error().isPresent() ? 100 * check.error().getAsDouble() : "",
                    check.tolerance(),
                    check.verdict().name().toLowerCase(Locale.ROOT),
                    check.note());
        }
        return answer;
    }

    private static Object cell(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : "";
    }
}
