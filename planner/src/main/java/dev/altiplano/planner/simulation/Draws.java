package dev.altiplano.planner.simulation;

import dev.altiplano.planner.reliability.Spread;
import org.jspecify.annotations.Nullable;

/** Every random duration of a run but the faults', each from a stream of its own. */
final class Draws {
    private final RunInput input;
    private final RandomStream detect;
    private final RandomStream replace;
    private final RandomStream connect;
    private final RandomStream load;
    private final RandomStream checkpoint;
    private final RandomStream maintenance;
    private final RandomStream corruption;
    private final @Nullable RandomStream[] repairs;
    private final @Nullable RandomStream[] outages;

    Draws(RunInput input) {
        this.input = input;
        detect = stream("detect");
        replace = stream("replace");
        connect = stream("connect");
        load = stream("load");
        checkpoint = stream("checkpoint");
        maintenance = stream("maintenance");
        corruption = stream("corruption");
        repairs = new RandomStream[input.fleet().nodes()];
        outages = new RandomStream[input.fleet().nodes()];
    }

    long detectMicros() {
        return detect.nextMicros(input.recovery().detect());
    }

    long replaceMicros() {
        return replace.nextMicros(input.recovery().replace());
    }

    /** From healthy nodes to training; every part is drawn, whether it counts or not. */
    long restartMicros(boolean replacesNodes, boolean loadsCheckpoint) {
        long replacing = replaceMicros();
        long connecting = connect.nextMicros(input.recovery().connect());
        long loading = load.nextMicros(input.recovery().load());
        long ready = Times.after(connecting, loadsCheckpoint ? loading : 0);
        return Times.after(ready, replacesNodes ? replacing : 0);
    }

    boolean checkpointFails() {
        return checkpoint.nextChance(input.checkpoint().failureShare());
    }

    long maintenanceMicros() {
        return maintenance.nextMicros(input.disturbances().planned().pause());
    }

    long corruptionDelayMicros() {
        double meanMicros = input.disturbances().corruptionDelayHours() * Times.HOUR;
        return corruption.nextExponentialMicros(meanMicros);
    }

    /** How the node's present trouble ends. Three draws of the node's stream. */
    Repair repair(int node) {
        RandomStream stream = repairStream(node);
        RecoveryPlan.RepairPlan plan = input.recovery().repair();
        boolean isDead = stream.nextChance(plan.deadShare());
        Spread spread = stream.nextChance(plan.partsShare()) ? plan.parts() : plan.reset();
        long micros = stream.nextMicros(spread);
        return new Repair(isDead, micros);
    }

    /** Time until a node whose link was cut is back. */
    long linkRepairMicros(int node) {
        return repairStream(node).nextMicros(input.disturbances().links().repair());
    }

    long outageMicros(int rack) {
        RandomStream stream = outages[rack];
        if (stream == null) {
            stream = new RandomStream(input.seed(), "rack-outage", rack);
            outages[rack] = stream;
        }
        return stream.nextMicros(input.disturbances().rackOutage());
    }

    private RandomStream repairStream(int node) {
        RandomStream stream = repairs[node];
        if (stream == null) {
            stream = new RandomStream(input.seed(), "repair", node);
            repairs[node] = stream;
        }
        return stream;
    }

    private RandomStream stream(String kind) {
        return new RandomStream(input.seed(), kind, 0);
    }

    /** The end of a node's trouble: never, or after a time. */
    record Repair(boolean isDead, long micros) {}
}
