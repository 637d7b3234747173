package dev.altiplano.planner.simulation;

import dev.altiplano.planner.reliability.FailureCause;
import dev.altiplano.planner.reliability.FailureProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * Faults of the profile's causes. Each cause is one superposed Poisson process over the job,
 * thinned to the slot that it hits, so a large fleet costs no more than the faults it has. A fault
 * on a vacant slot hits nothing. Idle spares do not fail.
 */
final class Faults {
    private final RunState state;
    private final EventQueue queue;
    private final Draws draws;
    private final Job job;
    private final Repairs repairs;
    private final List<FailureCause> causes;
    private final RandomStream[] arrivals;
    private final RandomStream[] places;
    private final double[] meanMicros;
    private final List<Corruption> corruptions = new ArrayList<>();

    Faults(RunState state, EventQueue queue, Draws draws, Job job, Repairs repairs) {
        this.state = state;
        this.queue = queue;
        this.draws = draws;
        this.job = job;
        this.repairs = repairs;
        FailureProfile profile = state.input.profile();
        causes = profile.causes();
        arrivals = new RandomStream[causes.size()];
        places = new RandomStream[causes.size()];
        meanMicros = new double[causes.size()];
        for (int i = 0; i < causes.size(); i++) {
            FailureCause cause = causes.get(i);
            arrivals[i] = new RandomStream(state.input.seed(), "fault:" + cause.name(), 0);
            places[i] = new RandomStream(state.input.seed(), "place:" + cause.name(), 0);
            meanMicros[i] = Times.HOUR / profile.stopsPerHour(cause, state.input.fleet().gpus());
        }
    }

    void scheduleAll() {
        for (int cause = 0; cause < causes.size(); cause++) {
            scheduleNext(cause);
        }
    }

    private void scheduleNext(int cause) {
        long delay = arrivals[cause].nextExponentialMicros(meanMicros[cause]);
        int slot = places[cause].nextInt(state.input.fleet().jobNodes());
        queue.add(Times.after(state.nowMicros(), delay), EventKind.FAULT, slot, cause);
    }

    void strike(int slot, int cause) {
        scheduleNext(cause);
        if (!state.nodes.hasNode(slot)) {
            return;
        }
        int node = state.nodes.node(slot);
        switch (causes.get(cause).effect()) {
            case NODE_LOST -> {
                repairs.send(node);
                nodesLost(cause);
            }
            case LINK_DOWN -> linkDown(node, cause);
            case RACK_DOWN -> {
                repairs.darkenRack(state.nodes.rack(node));
                nodesLost(cause);
            }
            case JOB_DIES -> {
                if (state.phase().isInterruptible()) {
                    job.processesDied(cause);
                }
            }
            case SILENT_CORRUPTION -> corrupt(node, cause);
        }
    }

    private void nodesLost(int cause) {
        if (state.phase().isInterruptible()) {
            job.nodeLost(cause);
        }
    }

    private void linkDown(int node, int cause) {
        if (state.input.disturbances().links().hasSecondPath()) {
            long repair = draws.linkRepairMicros(node);
            state.linkSlowed();
            queue.add(Times.after(state.nowMicros(), repair), EventKind.LINK_REPAIRED, node, cause);
            job.reconsider();
        } else {
            repairs.mendLink(node);
            nodesLost(cause);
        }
    }

    void linkRepaired() {
        state.linkRestored();
        job.reconsider();
    }

    private void corrupt(int node, int cause) {
        int number =
                state.phase().holdsState()
                        ? state.progress.corrupt(state.nowMicros())
                        : state.progress.corruptNothing();
        corruptions.add(new Corruption(cause, node));
        long found = Times.after(state.nowMicros(), draws.corruptionDelayMicros());
        queue.add(found, EventKind.CORRUPTION_FOUND, node, number);
    }

    /** The node is taken out, if it still works for the job; the job goes back. */
    void corruptionFound(int number) {
        Corruption corruption = corruptions.get(number);
        if (state.nodes.isInJob(corruption.node)) {
            repairs.send(corruption.node);
        }
        job.corruptionFound(corruption.cause, number);
    }

    private record Corruption(int cause, int node) {}
}
