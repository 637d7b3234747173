package dev.altiplano.planner.simulation;

/** The cap that holds, and what follows from it for speed, replicas and watts. */
final class PowerState {
    private final PowerPlan plan;
    private final FleetShape fleet;
    private double capWatts;
    private double capSpeed;
    private int allowedReplicas;

    PowerState(RunInput input) {
        plan = input.power();
        fleet = input.fleet();
        setCap(plan.capWatts(0));
    }

    void setCap(double watts) {
        capWatts = watts;
        capSpeed = plan.policy() == CapPolicy.CAP_GPUS ? speedUnderCap(watts) : 1;
        allowedReplicas =
                plan.policy() == CapPolicy.SHRINK ? replicasUnderCap(watts) : fleet.replicas();
    }

    /** Share of full speed that capped nodes reach. */
    double capSpeed() {
        return capSpeed;
    }

    int workingReplicas(int wholeReplicas) {
        return Math.min(wholeReplicas, allowedReplicas);
    }

    boolean mustPause() {
        return mustPause(capWatts);
    }

    /** Whether a cap of {@code watts} leaves nothing to train with, or the policy is to pause. */
    boolean mustPause(double watts) {
        return switch (plan.policy()) {
            case CAP_GPUS -> speedUnderCap(watts) * Times.FULL_SPEED_PPM < 1;
            case SHRINK -> replicasUnderCap(watts) == 0;
            case PAUSE -> watts < watts(fleet.jobNodes(), plan.busyWatts(), fleet.nodes());
        };
    }

    /** What the run draws: never more than the cap, since nodes are capped, idle or paused. */
    double watts(RunPhase phase, NodePool nodes) {
        int present = fleet.nodes() - nodes.away();
        double drawn =
                switch (phase) {
                    case TRAINING, DEGRADED ->
                            watts(
                                    nodesOf(nodes.wholeReplicas()),
                                    cappedBusyWatts(capWatts),
                                    present);
                    case CHECKPOINTING, DETECTING, RESTARTING ->
                            watts(
                                    Math.min(nodes.working(), nodesOf(fleet.replicas())),
                                    Math.min(plan.waitingWatts(), cappedBusyWatts(capWatts)),
                                    present);
                    case WAITING, PAUSED, DONE -> watts(0, 0, present);
                };
        assert drawn <= capWatts * (1 + 1e-9) : drawn + " W drawn under a cap of " + capWatts;
        return drawn;
    }

    private int nodesOf(int replicas) {
        return workingReplicas(replicas) * fleet.nodesPerReplica();
    }

    private double watts(int working, double wattsEach, int present) {
        return plan.fixedWatts() + working * wattsEach + (present - working) * plan.idleWatts();
    }

    /** Busy watts of a node when the job's nodes share what spares and site leave of the cap. */
    private double cappedBusyWatts(double cap) {
        if (plan.policy() != CapPolicy.CAP_GPUS) {
            return plan.busyWatts();
        }
        double others = plan.fixedWatts() + fleet.spareNodes() * plan.idleWatts();
        return Math.min(plan.busyWatts(), (cap - others) / fleet.jobNodes());
    }

    private double speedUnderCap(double cap) {
        double watts = cappedBusyWatts(cap);
        if (watts >= plan.busyWatts()) {
            return 1;
        }
        double share = (watts - plan.idleWatts()) / (plan.busyWatts() - plan.idleWatts());
        return StrictMath.pow(Math.max(0, share), 1 / plan.capExponent());
    }

    private int replicasUnderCap(double cap) {
        double idle = watts(0, 0, fleet.nodes());
        double extra = fleet.nodesPerReplica() * (plan.busyWatts() - plan.idleWatts());
        double room = cap - idle;
        return room >= extra * fleet.replicas() ? fleet.replicas() : (int) (room / extra);
    }
}
