package dev.altiplano.planner;

import dev.altiplano.planner.reliability.FailureCause;
import dev.altiplano.planner.reliability.FaultEffect;
import dev.altiplano.planner.reliability.KeptTime;
import dev.altiplano.planner.simulation.RunPhase;
import dev.altiplano.planner.simulation.RunResult;
import dev.altiplano.planner.simulation.RunResult.Loss;
import dev.altiplano.planner.simulation.SampleSummary;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The days of a run by what they went to, in closed form or as simulated, so that the two can be
 * laid side by side. The uses add up to the whole.
 */
public record TimeBudget(Map<TimeUse, Double> days) {
    private static final double MICROS_PER_DAY = 86_400e6;

    public TimeBudget {
        days = Collections.unmodifiableMap(new EnumMap<>(days));
    }

    /** Of {@code days} by the closed forms, which know no curtailment and no missing spare. */
    public static TimeBudget closed(FailurePlan failures, double days) {
        KeptTime kept = failures.kept();
        double speed = failures.goodput().relativeThroughput();
        Map<TimeUse, Double> shares = new EnumMap<>(TimeUse.class);
        shares.put(TimeUse.KEPT, kept.share() * speed);
        shares.put(TimeUse.BELOW_SPEED, kept.share() * (1 - speed));
        shares.put(TimeUse.CHECKPOINTS, kept.stallShare());
        shares.put(TimeUse.RESTARTS, kept.restartShare());
        shares.put(TimeUse.ROLLED_BACK, kept.rolledBackShare());
        shares.put(TimeUse.CORRUPTED, kept.corruptedShare());
        shares.put(TimeUse.PLANNED, kept.plannedShare());
        shares.put(TimeUse.CURTAILED, 0.0);
        shares.put(TimeUse.WAITING, 0.0);
        shares.replaceAll((use, share) -> share * days);
        return new TimeBudget(shares);
    }

    /** The mean of all samples; the causes are those of the plan's profile. */
    public static TimeBudget simulated(Plan plan, SampleSummary samples) {
        Set<String> corrupting =
                plan.input().reliability().profile().causes().stream()
                        .filter(cause -> cause.effect() == FaultEffect.SILENT_CORRUPTION)
                        .map(FailureCause::name)
                        .collect(Collectors.toSet());
        Map<TimeUse, Double> days = new EnumMap<>(TimeUse.class);
        for (TimeUse use : TimeUse.values()) {
            days.put(use, samples.mean(run -> micros(use, run, corrupting)) / MICROS_PER_DAY);
        }
        return new TimeBudget(days);
    }

    private static double micros(TimeUse use, RunResult run, Set<String> corrupting) {
        Predicate<Loss> planned = Loss::isPlanned;
        Predicate<Loss> curtailed = Loss::isCurtailment;
        Predicate<Loss> corrupted = loss -> corrupting.contains(loss.cause());
        return switch (use) {
            case KEPT -> run.workMicros();
            case BELOW_SPEED -> trained(run) - run.workMicros() - run.lostWorkMicros();
            case CHECKPOINTS -> run.phaseMicros(RunPhase.CHECKPOINTING);
            case RESTARTS ->
                    stopped(run)
                            - run.phaseMicros(RunPhase.WAITING)
                            - stopped(run, planned.or(curtailed));
            case ROLLED_BACK ->
                    run.lostWorkMicros() - lost(run, planned.or(curtailed).or(corrupted));
            case CORRUPTED -> lost(run, corrupted);
            case PLANNED -> stopped(run, planned) + lost(run, planned);
            case CURTAILED -> stopped(run, curtailed) + lost(run, curtailed);
            case WAITING -> run.phaseMicros(RunPhase.WAITING);
        };
    }

    private static long trained(RunResult run) {
        return run.phaseMicros(RunPhase.TRAINING) + run.phaseMicros(RunPhase.DEGRADED);
    }

    private static long stopped(RunResult run) {
        return run.wallMicros() - trained(run) - run.phaseMicros(RunPhase.CHECKPOINTING);
    }

    private static long stopped(RunResult run, Predicate<Loss> which) {
        return run.losses().stream().filter(which).mapToLong(Loss::stoppedMicros).sum();
    }

    private static long lost(RunResult run, Predicate<Loss> which) {
        return run.losses().stream().filter(which).mapToLong(Loss::lostWorkMicros).sum();
    }

    public double of(TimeUse use) {
        return days.getOrDefault(use, 0.0);
    }

    public double totalDays() {
        return days.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
