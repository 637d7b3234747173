package dev.altiplano.planner.simulation;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.reliability.FailureProfile;
import dev.altiplano.planner.reliability.Spares;

/** One run to simulate. Two runs with equal input are equal to the byte. */
public record RunInput(
        FleetShape fleet,
        Work work,
        FailureProfile profile,
        RecoveryPlan recovery,
        CheckpointPlan checkpoint,
        Disturbances disturbances,
        PowerPlan power,
        long seed) {
    /** A run with more events is given up. */
    static final long EVENTS_MAX = 50_000_000;

    public RunInput {
        power.requireFeasible(fleet.nodes());
        for (var cause : profile.causes()) {
            double perHour = profile.stopsPerHour(cause, fleet.gpus());
            if (!(perHour <= 3_600)) {
                throw new PlannerException(
                        ErrorCode.E401,
                        "reliability profile %s, cause %s: %s stops per hour; more than one a"
                                        .formatted(profile.name(), cause.name(), perHour)
                                + " second is not simulated");
            }
        }
    }

    public RunInput withSeed(long newSeed) {
        return new RunInput(
                fleet, work, profile, recovery, checkpoint, disturbances, power, newSeed);
    }

    public RunInput withFleet(FleetShape newFleet) {
        return new RunInput(
                newFleet, work, profile, recovery, checkpoint, disturbances, power, seed);
    }

    /** With as many spares as keep the chance of running out at {@code epsilon} or less. */
    public RunInput withAutoSpares(double epsilon) {
        double lossesPerHour = profile.nodeLossesPerHour(fleet.gpus());
        int spares = Spares.needed(lossesPerHour, recovery.repair().meanHours(), epsilon);
        return withFleet(fleet.withSpares(spares));
    }
}
