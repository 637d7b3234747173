package dev.altiplano.planner.reliability;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.quantity.Grade;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Unexpected and planned stops by cause, as counted in one run. Every rate is a count over the
 * observed GPU-hours; scaling it linearly to another size is an assumption (see {@link RateBand}).
 *
 * @param plannedStops planned interruptions in the observed run
 * @param grade of the rates: the worst of the figures that they are made of
 * @param source where the counts were published
 */
public record FailureProfile(
        String name,
        Observation observed,
        List<FailureCause> causes,
        double plannedStops,
        JobScaling jobScaling,
        Evidence evidence,
        Grade grade,
        String source) {
    /** Hours in a year, here and in the planner's prices. */
    public static final double HOURS_PER_YEAR = 8_760;

    public FailureProfile {
        causes = List.copyOf(causes);
        Set<String> names = new HashSet<>();
        for (FailureCause cause : causes) {
            if (!names.add(cause.name())) {
                throw new PlannerException(
                        ErrorCode.E005,
                        "reliability profile %s: cause %s stands twice"
                                .formatted(name, cause.name()));
            }
        }
        if (!(plannedStops >= 0) || Double.isInfinite(plannedStops)) {
            throw new PlannerException(
                    ErrorCode.E401,
                    "reliability profile %s: planned stops %s is not a number of zero or more"
                            .formatted(name, plannedStops));
        }
    }

    /** A profile whose stops were counted, and so measured. */
    public FailureProfile(
            String name,
            Observation observed,
            List<FailureCause> causes,
            double plannedStops,
            JobScaling jobScaling,
            String source) {
        this(
                name,
                observed,
                causes,
                plannedStops,
                jobScaling,
                Evidence.COUNTED,
                Grade.MEASURED,
                source);
    }

    /** A profile known only as stops per thousand node-days. */
    public static FailureProfile perThousandNodeDays(
            String name, double stops, int gpusPerNode, String source) {
        Observation thousandNodeDays = new Observation(1_000.0 * gpusPerNode, 1, gpusPerNode);
        FailureCause any = new FailureCause("any", Scope.NODE, FaultEffect.NODE_LOST, stops);
        return of(name, thousandNodeDays, any, source);
    }

    /**
     * A profile of one class of component with its mean time between failures.
     *
     * @param scope GPU, NODE, LINK or RACK; LINK counts one link per node
     * @param nodesPerRack used only where {@code scope} is RACK
     */
    public static FailureProfile singleComponent(
            String name, Scope scope, double mtbfYears, int gpusPerNode, int nodesPerRack) {
        if (!(mtbfYears > 0) || Double.isInfinite(mtbfYears)) {
            throw new PlannerException(
                    ErrorCode.E401,
                    "reliability profile %s: mean time between failures %s years is not above zero"
                            .formatted(name, mtbfYears));
        }
        double gpusPerComponent =
                switch (scope) {
                    case GPU -> 1;
                    case NODE, LINK -> gpusPerNode;
                    case RACK -> (double) gpusPerNode * nodesPerRack;
                    case JOB ->
                            throw new PlannerException(
                                    ErrorCode.E005,
                                    "reliability profile %s: a component is a gpu, node, link or"
                                                    .formatted(name)
                                            + " rack, found job");
                };
        FaultEffect effect =
                switch (scope) {
                    case LINK -> FaultEffect.LINK_DOWN;
                    case RACK -> FaultEffect.RACK_DOWN;
                    case GPU, NODE, JOB -> FaultEffect.NODE_LOST;
                };
        double days = mtbfYears * HOURS_PER_YEAR / 24;
        return of(
                name,
                new Observation(gpusPerComponent, days, gpusPerNode),
                new FailureCause("component", scope, effect, 1),
                "given: one failure per component in %s years".formatted(mtbfYears));
    }

    private static FailureProfile of(
            String name, Observation observed, FailureCause cause, String source) {
        return new FailureProfile(
                name,
                observed,
                List.of(cause),
                0,
                JobScaling.WITH_GPUS,
                Evidence.GIVEN,
                Grade.STATED,
                source);
    }

    /** The same profile with job-wide faults scaled as given. */
    public FailureProfile withJobScaling(JobScaling scaling) {
        return new FailureProfile(
                name, observed, causes, plannedStops, scaling, evidence, grade, source);
    }

    /** The same profile, its rates as trustworthy as {@code grade} says. */
    public FailureProfile withGrade(Grade grade) {
        return new FailureProfile(
                name, observed, causes, plannedStops, jobScaling, evidence, grade, source);
    }

    /** The same profile with every unexpected count times {@code factor}, zero or more. */
    public FailureProfile withCountsTimes(double factor) {
        List<FailureCause> scaled =
                causes.stream()
                        .map(
                                c ->
                                        new FailureCause(
                                                c.name(),
                                                c.scope(),
                                                c.effect(),
                                                c.count() * factor))
                        .toList();
        return new FailureProfile(
                name, observed, scaled, plannedStops, jobScaling, evidence, grade, source);
    }

    /** Unexpected stops in the observed run. */
    public double unexpectedStops() {
        return causes.stream().mapToDouble(FailureCause::count).sum();
    }

    /** The share of unexpected stops that {@code cause} has, 0 if there are none. */
    public double share(FailureCause cause) {
        double all = unexpectedStops();
        return all == 0 ? 0 : cause.count() / all;
    }

    /** Expected stops per hour from {@code cause} in a job of {@code gpus}. */
    public double stopsPerHour(FailureCause cause, double gpus) {
        if (cause.scope() == Scope.JOB && jobScaling == JobScaling.CONSTANT) {
            return cause.count() / observed.hours();
        }
        return cause.count() / observed.gpuHours() * gpus;
    }

    /** Expected unexpected stops per hour in a job of {@code gpus}. */
    public double stopsPerHour(double gpus) {
        return causes.stream().mapToDouble(cause -> stopsPerHour(cause, gpus)).sum();
    }

    /** Expected stops per hour of the causes with {@code effect} in a job of {@code gpus}. */
    public double stopsPerHour(FaultEffect effect, double gpus) {
        return causes.stream()
                .filter(cause -> cause.effect() == effect)
                .mapToDouble(cause -> stopsPerHour(cause, gpus))
                .sum();
    }

    /** Stops per hour that take a node, rack or link out, so that a spare is needed. */
    public double nodeLossesPerHour(double gpus) {
        return causes.stream()
                .filter(cause -> cause.scope() != Scope.JOB)
                .mapToDouble(cause -> stopsPerHour(cause, gpus))
                .sum();
    }

    /** Mean time to interruption of a job of {@code gpus}; infinite if nothing ever fails. */
    public double mttiHours(double gpus) {
        return 1 / stopsPerHour(gpus);
    }

    /** GPU-hours between unexpected stops, at the observed size. */
    public double gpuHoursBetweenStops() {
        return observed.gpuHours() / unexpectedStops();
    }

    /** Unexpected stops per thousand node-days, at the observed size. */
    public double stopsPerThousandNodeDays() {
        return unexpectedStops() / observed.nodeDays() * 1_000;
    }

    /** Planned stops per day, taken not to depend on the size. */
    public double plannedStopsPerDay() {
        return plannedStops / observed.days();
    }
}
