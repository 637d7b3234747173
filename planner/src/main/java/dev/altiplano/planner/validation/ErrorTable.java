package dev.altiplano.planner.validation;

import dev.altiplano.planner.quantity.Numbers;
import java.util.List;
import java.util.Locale;

/** Writes a report as a table in Markdown. */
public final class ErrorTable {
    private ErrorTable() {}

    /** The page of the documentation: a summary, then one row for each check. */
    public static String markdown(ValidationReport report) {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Planner: computed against published

                        Generated from the published cases by the build, which fails on a miss. A flagged row is a
                        published error: the computed value must lie outside the tolerance.

                        """);
        page.append(summary(report));
        page.append(
                "\n| case | check | computed | published | unit | error | tolerance | verdict | note |\n");
        page.append("|---|---|---:|---:|---|---:|---|---|---|\n");
        report.checks().forEach(check -> page.append(row(check)));
        return page.toString();
    }

    private static String summary(ValidationReport report) {
        return "%d checks: %d agree, %d flagged, %d only reported, %d missed.\n"
                .formatted(
                        report.checks().size(),
                        report.with(Verdict.OK).size(),
                        report.with(Verdict.FLAGGED).size(),
                        report.with(Verdict.REPORTED).size(),
                        report.misses().size());
    }

    private static String row(CheckResult check) {
        String published =
                check.published().isPresent() ? Numbers.text(check.published().getAsDouble()) : "";
        String error =
                check.error().isPresent()
                        ? String.format(Locale.ROOT, "%+.2f %%", 100 * check.error().getAsDouble())
                        : "";
        List<String> cells =
                List.of(
                        check.caseId(),
                        check.checkId(),
                        Numbers.text(check.value()),
                        published,
                        check.unit(),
                        error,
                        check.tolerance(),
                        check.verdict().name().toLowerCase(Locale.ROOT),
                        check.note());
        return "| " + String.join(" | ", cells).replace("\n", " ") + " |\n";
    }
}
