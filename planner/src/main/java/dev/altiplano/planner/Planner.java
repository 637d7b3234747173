package dev.altiplano.planner;

import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.layout.SearchResult;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The entry point for programs.
 *
 * <pre>{@code
 * PlanInput input = new PlanReader(Catalog.builtIn()).read(Path.of("plan.yaml"), List.of());
 * Plan plan = new Planner().plan(input);
 * double days = plan.failures().trainingDays().value().likely();
 * }</pre>
 *
 * <p>The same input gives the same plan, whatever the machine and the number of threads. Immutable,
 * safe for many threads.
 */
public final class Planner {
    private static final double SHORTEST_DAYS = 1.0 / (24 * 60);
    private static final double LONGEST_DAYS = 10 * 365.0;

    private final int threads;
    private final LongSupplier nanoTime;

    /** Searches with as many threads as the machine has. */
    public Planner() {
        this(Runtime.getRuntime().availableProcessors());
    }

    /** Searches with {@code threads} threads, 1 or more. */
    public Planner(int threads) {
        this(threads, System::nanoTime);
    }

    /** {@code nanoTime} is the clock of a search's time limit. */
    Planner(int threads, LongSupplier nanoTime) {
        this.threads = threads;
        this.nanoTime = nanoTime;
    }

    /**
     * Computes everything. Throws {@link dev.altiplano.planner.problem.PlannerException} if the
     * plan cannot be carried out, with the reasons.
     */
    public Plan plan(PlanInput input) {
        SparePlan spares = SparePlan.of(input);
        LayoutPlan layout = new LayoutPlanner(input, spares, threads, nanoTime).plan();
        ComputePlan compute = ComputePlanner.plan(input, layout, spares);
        int replicas = layout.chosen().map(chosen -> chosen.layout().dp()).orElse(1);
        SitePower site = new SitePower(input, compute.jobGpus(), spares.nodes(), replicas);
        FailurePlan failures =
                FailurePlanner.plan(input, layout, compute, spares, site.speedUnderCap());
        ClusterPower power = PowerPlanner.plan(input, site, compute, failures);
        return new Plan(
                input,
                layout,
                compute,
                failures,
                power,
                CarbonPlanner.plan(input, compute, failures, power),
                MoneyPlanner.plan(input, compute, failures, power),
                warnings(input, layout, failures));
    }

    /** E402: a magnitude was probably meant otherwise; E403: the layout may not be the best. */
    private static List<Problem> warnings(
            PlanInput input, LayoutPlan layout, FailurePlan failures) {
        double days = failures.trainingDays().value().likely();
        List<Problem> warnings = new ArrayList<>();
        layout.search()
                .filter(SearchResult::timedOut)
                .map(found -> LayoutPlanner.stopped(input, "so a better layout may exist"))
                .ifPresent(warnings::add);
        if (days < SHORTEST_DAYS || days > LONGEST_DAYS) {
            String length = days < SHORTEST_DAYS ? "under a minute" : "over ten years";
            warnings.add(
                    Problem.of(
                                    ErrorCode.E402,
                                    "tokens %s: the run would last %s (%s days)"
                                            .formatted(
                                                    Numbers.text(input.training().tokens()),
                                                    length,
                                                    Numbers.text(days)))
                            .hinting("22T is 22e12; 22 is 22"));
        }
        return warnings;
    }
}
