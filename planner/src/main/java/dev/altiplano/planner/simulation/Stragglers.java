package dev.altiplano.planner.simulation;

import dev.altiplano.planner.fleet.NodeState;
import java.util.BitSet;

/** Nodes that become slow, until the detector names them and a spare takes their place. */
final class Stragglers {
    private final RunState state;
    private final EventQueue queue;
    private final Repairs repairs;
    private final RandomStream arrivals;
    private final RandomStream places;
    private final RandomStream notice;
    private final double meanMicros;
    private final double noticeMicros;
    private final BitSet named = new BitSet();

    Stragglers(RunState state, EventQueue queue, Repairs repairs) {
        this.state = state;
        this.queue = queue;
        this.repairs = repairs;
        long seed = state.input.seed();
        arrivals = new RandomStream(seed, "straggler", 0);
        places = new RandomStream(seed, "straggler-place", 0);
        notice = new RandomStream(seed, "straggler-notice", 0);
        Disturbances.Stragglers plan = state.input.disturbances().stragglers();
        meanMicros = Times.DAY / (plan.perNodeDay() * state.input.fleet().jobNodes());
        noticeMicros = plan.noticedHours() * Times.HOUR;
    }

    void scheduleNext() {
        long delay = arrivals.nextExponentialMicros(meanMicros);
        int slot = places.nextInt(state.input.fleet().jobNodes());
        queue.add(Times.after(state.nowMicros(), delay), EventKind.STRAGGLER_BEGAN, slot, 0);
    }

    void began(int slot) {
        scheduleNext();
        if (state.nodes.hasNode(slot)) {
            int node = state.nodes.node(slot);
            state.nodes.suspect(node);
            long delay = notice.nextExponentialMicros(noticeMicros);
            queue.add(Times.after(state.nowMicros(), delay), EventKind.STRAGGLER_FOUND, node, 0);
        }
    }

    void found(int node) {
        named.set(node);
    }

    /** Whether a node is named that is still slow, and a spare is there for it. */
    boolean canSwap() {
        if (named.isEmpty()) {
            return false;
        }
        for (int node = named.nextSetBit(0); node >= 0; node = named.nextSetBit(node + 1)) {
            if (!isSlow(node)) {
                named.clear(node);
            }
        }
        return !named.isEmpty() && state.nodes.hasSpares();
    }

    /** Takes out as many named nodes as there are spares. Whether there was one. */
    boolean swap() {
        if (!canSwap()) {
            return false;
        }
        int left = state.spares();
        for (int node = named.nextSetBit(0); node >= 0 && left > 0; left--) {
            named.clear(node);
            repairs.send(node);
            node = named.nextSetBit(node + 1);
        }
        return true;
    }

    private boolean isSlow(int node) {
        return state.nodes.state(node) == NodeState.SUSPECT;
    }
}
