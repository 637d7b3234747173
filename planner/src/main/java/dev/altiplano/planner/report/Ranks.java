package dev.altiplano.planner.report;

import dev.altiplano.planner.input.ClusterInput;
import dev.altiplano.planner.step.Layout;

/**
 * Where each rank stands. Ranks count through TP, CP, PP and DP in that order, and fill nodes,
 * racks and pods as they come; experts are spread over the ranks of one stage in all copies.
 */
record Ranks(Layout layout, ClusterInput cluster) {
    /** What the colours of the map can show. */
    enum Axis {
        DP("d"),
        PP("p"),
        EP("e"),
        CP("k"),
        TP("t");

        private final String style;

        Axis(String style) {
            this.style = style;
        }

        /** As in values of the form and in messages. */
        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static final int COLOURS = 8;

    int ofStage() {
        return layout.tp() * layout.cp();
    }

    long ofCopy() {
        return (long) ofStage() * layout.pp();
    }

    /** The most ranks, in one node, that always share copy and stage. */
    int alike() {
        int a = cluster.node().gpus();
        int b = ofStage();
        while (b != 0) {
            int rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    int degree(Axis axis) {
        return switch (axis) {
            case DP -> layout.dp();
            case PP -> layout.pp();
            case EP -> layout.ep();
            case CP -> layout.cp();
            case TP -> layout.tp();
        };
    }

    long place(Axis axis, long rank) {
        return switch (axis) {
            case DP -> rank / ofCopy();
            case PP -> rank / ofStage() % layout.pp();
            case EP -> (rank / ofCopy() * ofStage() + rank % ofStage()) % layout.ep();
            case CP -> rank / layout.tp() % layout.cp();
            case TP -> rank % layout.tp();
        };
    }

    long node(long rank) {
        return rank / cluster.node().gpus();
    }

    long rack(long rank) {
        return rank / cluster.rackGpus();
    }

    /** Style classes of a cell of {@code count} neighbouring ranks, one for each axis. */
    String styles(long first, int count) {
        StringBuilder styles = new StringBuilder("cell");
        for (Axis axis : Axis.values()) {
            boolean whole = axis == Axis.DP || axis == Axis.PP;
            long step = whole ? 1 : Math.min(count, degree(axis));
            styles.append(' ').append(axis.style).append(place(axis, first) / step % COLOURS);
        }
        return styles.toString();
    }
}
