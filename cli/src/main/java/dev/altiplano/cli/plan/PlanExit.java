package dev.altiplano.cli.plan;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import java.util.Set;

/** What {@code altiplano plan} tells scripts. */
final class PlanExit {
    static final int FINE = 0;
    static final int CHECK_FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int INFEASIBLE = 3;
    static final int DEFECT = 4;

    /** Sound input that no layout, site or time limit can carry out. */
    private static final Set<ErrorCode> CONSTRAINTS =
            Set.of(ErrorCode.E103, ErrorCode.E303, ErrorCode.E403);

    private PlanExit() {}

    /** Infeasible if nothing else is wrong than that a constraint binds. */
    static int of(PlannerException refusal) {
        boolean binds = refusal.problems().stream().allMatch(p -> CONSTRAINTS.contains(p.code()));
        return binds ? INFEASIBLE : BAD_INPUT;
    }
}
