package dev.altiplano.planner.input;

import dev.altiplano.planner.catalog.Model;
import dev.altiplano.planner.schema.DefaultUsed;
import dev.altiplano.planner.step.StepConstants;
import dev.altiplano.planner.step.StepModel;
import dev.altiplano.planner.step.Stragglers;
import java.util.List;

/**
 * Everything that one plan is computed from. Made by {@link PlanReader}.
 *
 * @param seed of all random draws
 * @param samples runs of a simulation
 * @param defaults every default that was taken, in the order of the keys
 */
public record PlanInput(
        String name,
        Model model,
        TrainingInput training,
        ClusterInput cluster,
        LayoutInput layout,
        ReliabilityInput reliability,
        SiteInput site,
        MoneyInput money,
        Measured measured,
        long seed,
        int samples,
        List<DefaultUsed> defaults) {
    public PlanInput {
        defaults = List.copyOf(defaults);
    }

    /** The step of this model on this machine, for any layout, with the fitted constants. */
    public StepModel stepModel() {
        return new StepModel(
                model.shape(),
                cluster.spec(),
                cluster.fabric(),
                training.spec(),
                StepConstants.FITTED,
                Stragglers.SPREAD);
    }
}
