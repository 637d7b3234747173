package dev.altiplano.planner.validation;

import java.util.List;

/**
 * The error table.
 *
 * @param checks in the order of the cases
 */
public record ValidationReport(List<CheckResult> checks) {
    public ValidationReport {
        checks = List.copyOf(checks);
    }

    public List<CheckResult> misses() {
        return with(Verdict.MISS);
    }

    public List<CheckResult> with(Verdict verdict) {
        return checks.stream().filter(check -> check.verdict() == verdict).toList();
    }
}
