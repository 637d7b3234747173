package dev.altiplano.planner.validation;

import dev.altiplano.planner.quantity.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Runs the published cases against our own functions. */
public final class Validation {
    private static final Map<String, CaseFormula> FORMULAS = formulas();

    private final CaseFile file;
    private final List<CheckResult> results = new ArrayList<>();

    private Validation(CaseFile file) {
        this.file = file;
    }

    /** Computes every case that is part of the program. */
    public static ValidationReport run() {
        Validation validation = new Validation(CaseFile.builtIn());
        validation.file.checks().forEach(validation::check);
        validation.file.modelCases().forEach(validation::model);
        return new ValidationReport(validation.results);
    }

    private static Map<String, CaseFormula> formulas() {
        Map<String, CaseFormula> all = new HashMap<>(ComputeFormulas.ALL);
        all.putAll(ReliabilityFormulas.ALL);
        all.putAll(SiteFormulas.ALL);
        return Map.copyOf(all);
    }

    private void check(CaseFile.Check check) {
        CaseFormula formula = FORMULAS.get(check.formula());
        if (formula == null) {
            throw new IllegalStateException("no function for formula " + check.formula());
        }
        double value = formula.value(check.inputs());
        boolean holds = check.tolerance().holds(value, check.expected());
        results.add(
                new CheckResult(
                        check.caseId(),
                        check.id(),
                        value,
                        check.expected(),
                        check.unit(),
                        check.tolerance().toString(),
                        verdict(holds, check.mustFlag().isPresent()),
                        check.mustFlag().orElse(check.note())));
    }

    private static Verdict verdict(boolean holds, boolean mustFlag) {
        if (mustFlag) {
            return holds ? Verdict.MISS : Verdict.FLAGGED;
        }
        return holds ? Verdict.OK : Verdict.MISS;
    }

    private void model(CaseFile.ModelCase rows) {
        switch (rows.id()) {
            case "goodput" -> goodput(rows);
            case "torchtitan-memory" -> errors(rows, ModelRows::memoryGib);
            case "torchtitan-sharded-state" -> errors(rows, ModelRows::shardedStateGib);
            default -> errors(rows, row -> ModelRows.stepSeconds(file, row));
        }
    }

    /** One line for each row with the bar of the worst, and one for the mean. */
    private void errors(CaseFile.ModelCase rows, ToDoubleFunction<CaseFile.Row> model) {
        double sum = 0;
        for (CaseFile.Row row : rows.rows()) {
            double value = model.applyAsDouble(row);
            double expected = row.all().number("expected");
            double error = Math.abs(value / expected - 1);
            sum += error;
            results.add(
                    new CheckResult(
                            rows.id(),
                            row.name(),
                            value,
                            OptionalDouble.of(expected),
                            rows.unit(),
                            percent(rows.worst()),
                            verdict(error, rows.worst()),
                            ""));
        }
        double mean = sum / rows.rows().size();
        results.add(
                new CheckResult(
                        rows.id(),
                        "mean error",
                        mean,
                        OptionalDouble.empty(),
                        "fraction",
                        percent(rows.mean()),
                        verdict(mean, rows.mean()),
                        ""));
    }

    private static Verdict verdict(double error, OptionalDouble bar) {
        if (bar.isEmpty()) {
            return Verdict.REPORTED;
        }
        return error <= bar.getAsDouble() ? Verdict.OK : Verdict.MISS;
    }

    private static String percent(OptionalDouble bar) {
        return bar.isPresent() ? Numbers.text(100 * bar.getAsDouble()) + " %" : "";
    }

    /** Closed forms against an independent computation of the same forms. */
    private void goodput(CaseFile.ModelCase rows) {
        for (CaseFile.Row row : rows.rows()) {
            closedForm(rows, row, "first_order", ModelRows.firstOrder(row));
            closedForm(rows, row, "exact", ModelRows.exact(row));
            closedForm(rows, row, "interval", ModelRows.interval(row));
        }
    }

    private void closedForm(CaseFile.ModelCase rows, CaseFile.Row row, String form, double value) {
        double expected = row.all().number(form);
        boolean seconds = form.equals("interval");
        // The bar is absolute for shares; an interval in seconds is given to a millisecond.
        double off = Math.abs(value - expected);
        results.add(
                new CheckResult(
                        rows.id(),
                        "%s, M %s s, w %s s, u0 %s s"
                                .formatted(
                                        form,
                                        Numbers.text(row.inputs().number("m")),
                                        Numbers.text(row.inputs().number("w")),
                                        Numbers.text(row.inputs().number("u0"))),
                        value,
                        OptionalDouble.of(expected),
                        seconds ? "s" : "fraction",
                        "±" + Numbers.text(seconds ? 0.001 : rows.worst().orElseThrow()),
                        off <= (seconds ? 0.001 : rows.worst().orElseThrow())
                                ? Verdict.OK
                                : Verdict.MISS,
                        ""));
    }
}
