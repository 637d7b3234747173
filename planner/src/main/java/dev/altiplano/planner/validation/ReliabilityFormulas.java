package dev.altiplano.planner.validation;

import dev.altiplano.planner.reliability.CheckpointInterval;
import dev.altiplano.planner.reliability.EffectiveTime;
import dev.altiplano.planner.reliability.FailureCause;
import dev.altiplano.planner.reliability.FailureProfile;
import dev.altiplano.planner.reliability.FaultEffect;
import dev.altiplano.planner.reliability.JobScaling;
import dev.altiplano.planner.reliability.Observation;
import dev.altiplano.planner.reliability.Scope;
import java.util.List;
import java.util.Map;

/** Failures and effective time. */
final class ReliabilityFormulas {
    static final Map<String, CaseFormula> ALL =
            Map.of(
                    "hours_between",
                    in -> observed(in, 8, 8).mttiHours(8),
                    "gpu_hours_between",
                    in -> observed(in, in.number("gpus"), 8).gpuHoursBetweenStops(),
                    "rate_per_k_node_days",
                    in -> observed(in, in.number("nodes"), 1).stopsPerThousandNodeDays(),
                    "mttf_from_rate",
                    in ->
                            FailureProfile.perThousandNodeDays(
                                            "case",
                                            in.number("rate_per_k"),
                                            in.whole("gpus_per_node"),
                                            "case")
                                    .mttiHours(in.number("gpus")),
                    "ettr_first_order",
                    in -> effective(in, true).firstOrder(),
                    "ettr_daly",
                    in -> effective(in, false).exact(),
                    "daly_interval",
                    in -> CheckpointInterval.dalySeconds(in.number("w"), in.number("m")));

    private ReliabilityFormulas() {}

    private static FailureProfile observed(Inputs in, double gpus, int gpusPerNode) {
        return new FailureProfile(
                "case",
                new Observation(gpus, in.number("dayspan"), gpusPerNode),
                List.of(
                        new FailureCause(
                                "any", Scope.NODE, FaultEffect.NODE_LOST, in.number("events"))),
                0,
                JobScaling.WITH_GPUS,
                "case");
    }

    /** At the interval that the case gives, else at Young's for the first order and Daly's. */
    private static EffectiveTime effective(Inputs in, boolean young) {
        double m = in.number("m");
        double u0 = in.number("u0");
        double w = in.number("w");
        double best =
                young
                        ? CheckpointInterval.youngSeconds(w, m)
                        : CheckpointInterval.dalySeconds(w, m);
        return new EffectiveTime(m, u0, in.number("dt", best), w);
    }
}
