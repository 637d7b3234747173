package dev.altiplano.planner;

import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.problem.Problem;
import java.util.List;

/**
 * The answers of one plan. Each is computed once; sections that need another's answer take it from
 * there.
 *
 * @param warnings what is probably meant otherwise
 */
public record Plan(
        PlanInput input,
        LayoutPlan layout,
        ComputePlan compute,
        FailurePlan failures,
        ClusterPower power,
        CarbonPlan carbon,
        MoneyPlan money,
        List<Problem> warnings) {
    public Plan {
        warnings = List.copyOf(warnings);
    }
}
