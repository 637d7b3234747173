package dev.altiplano.planner.reliability;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;

/**
 * The run that a profile was counted in.
 *
 * @param gpus size of the observed job
 * @param days wall-clock length
 * @param gpusPerNode GPUs of one host
 */
public record Observation(double gpus, double days, int gpusPerNode) {
    public Observation {
        if (!(gpus > 0) || !(days > 0) || Double.isInfinite(gpus * days) || gpusPerNode < 1) {
            throw new PlannerException(
                    ErrorCode.E401,
                    "reliability profile: expected GPUs, days and GPUs per node above zero, found"
                            + " %s, %s, %d".formatted(gpus, days, gpusPerNode));
        }
    }

    public double gpuHours() {
        return gpus * hours();
    }

    public double hours() {
        return days * 24;
    }

    public double nodeDays() {
        return gpus / gpusPerNode * days;
    }
}
