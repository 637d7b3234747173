package dev.altiplano.planner.simulation;

/**
 * Something that happens to the run.
 *
 * @param component slot, node or rack, by kind; 0 for the whole run
 * @param detail cause, node or corruption, by kind; else 0
 * @param ticket of the phase or the write that it belongs to, see {@link EventKind#endsPhase}
 * @param sequence number of its creation
 */
record Event(long timeMicros, EventKind kind, int component, int detail, long ticket, long sequence)
        implements Comparable<Event> {

    /** Time, then kind, then component, then sequence. */
    @Override
    public int compareTo(Event other) {
        int order = Long.compare(timeMicros, other.timeMicros);
        if (order == 0) {
            order = kind.compareTo(other.kind);
        }
        if (order == 0) {
            order = Integer.compare(component, other.component);
        }
        return order != 0 ? order : Long.compare(sequence, other.sequence);
    }
}
