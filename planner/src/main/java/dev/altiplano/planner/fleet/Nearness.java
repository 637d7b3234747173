package dev.altiplano.planner.fleet;

/** How far a spare stands from the node whose place it takes; nearer ones first. */
public enum Nearness {
    SAME_RACK,
    SAME_POD,
    OTHER_POD;

    static Nearness between(Node a, Node b) {
        if (!a.pod().equals(b.pod())) {
            return OTHER_POD;
        }
        return a.rack().equals(b.rack()) ? SAME_RACK : SAME_POD;
    }
}
