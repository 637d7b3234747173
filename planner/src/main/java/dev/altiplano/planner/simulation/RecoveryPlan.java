package dev.altiplano.planner.simulation;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.reliability.Spread;

/**
 * How long a stop takes under a policy.
 *
 * @param detect from the fault until the node is named
 * @param replace until a spare stands in the failed node's place
 * @param connect communicator set-up
 * @param load start, reading the checkpoint (or the copy from a peer) and warm-up
 */
public record RecoveryPlan(
        RecoveryPolicy policy,
        Spread detect,
        Spread replace,
        Spread connect,
        Spread load,
        RepairPlan repair) {

    /** The specification's defaults for {@code policy}. */
    public static RecoveryPlan defaults(RecoveryPolicy policy, double loadSeconds) {
        Spread replace =
                policy == RecoveryPolicy.RESTART ? Spread.COLD_REPLACEMENT : Spread.HOT_SWAP;
        return new RecoveryPlan(
                policy,
                Spread.DETECT,
                replace,
                Spread.COMMUNICATOR,
                Spread.constant(loadSeconds),
                RepairPlan.DEFAULT);
    }

    /**
     * One constant time from any stop back to training: u0 of the closed forms. It stands in the
     * part that no policy leaves out.
     */
    public static RecoveryPlan constant(RecoveryPolicy policy, double restartSeconds) {
        return new RecoveryPlan(
                policy,
                Spread.ZERO,
                Spread.ZERO,
                Spread.constant(restartSeconds),
                Spread.ZERO,
                RepairPlan.DEFAULT);
    }

    public RecoveryPlan withRepair(RepairPlan plan) {
        return new RecoveryPlan(policy, detect, replace, connect, load, plan);
    }

    /**
     * What happens to a node that left.
     *
     * @param partsShare share that needs parts; the others are reset
     * @param deadShare share of all that never comes back
     */
    public record RepairPlan(double partsShare, double deadShare, Spread parts, Spread reset) {
        /** A fifth needs parts (assumed). */
        public static final RepairPlan DEFAULT =
                new RepairPlan(0.2, 0, Spread.REPAIR, Spread.RESET);

        public RepairPlan {
            if (!(partsShare >= 0 && partsShare <= 1) || !(deadShare >= 0 && deadShare <= 1)) {
                throw new PlannerException(ErrorCode.E401, "repair: expected shares from 0 to 1");
            }
        }

        /** Mean time away, in hours. */
        public double meanHours() {
            double seconds =
                    partsShare * parts.meanSeconds() + (1 - partsShare) * reset.meanSeconds();
            return seconds / 3_600;
        }
    }
}
