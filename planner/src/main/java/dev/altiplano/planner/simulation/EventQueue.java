package dev.altiplano.planner.simulation;

import java.util.PriorityQueue;

/** What is still to come. An event of a phase or write that has ended since is dropped unseen. */
final class EventQueue {
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long sequence;
    private long phaseTicket;
    private long writeTicket;

    /** Ends the present phase: its pending event will not come. */
    void closePhase() {
        phaseTicket++;
    }

    /** Ends the present write: its pending event will not come. */
    void closeWrite() {
        writeTicket++;
    }

    void add(long timeMicros, EventKind kind) {
        add(timeMicros, kind, 0, 0);
    }

    /** Events at {@link Times#NEVER} are left out. */
    void add(long timeMicros, EventKind kind, int component, int detail) {
        if (timeMicros < Times.NEVER) {
            long ticket = ticket(kind);
            events.add(new Event(timeMicros, kind, component, detail, ticket, sequence++));
        }
    }

    /** The earliest live event. There is always one: the horizon. */
    Event next() {
        while (true) {
            Event event = events.remove();
            if (event.ticket() == ticket(event.kind())) {
                return event;
            }
        }
    }

    private long ticket(EventKind kind) {
        if (kind.endsPhase()) {
            return phaseTicket;
        }
        return kind.endsWrite() ? writeTicket : 0;
    }
}
