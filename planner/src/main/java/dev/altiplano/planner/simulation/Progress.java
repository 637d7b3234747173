package dev.altiplano.planner.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * How far training has come, in microseconds of full-speed work, and what of it is safe. A part of
 * a microsecond that slow training leaves is carried in millionths, so nothing is rounded away.
 */
final class Progress {
    private final Deque<Checkpoint> written = new ArrayDeque<>();
    private final List<Corruption> corruptions = new ArrayList<>();
    private int corruptionCount;
    private long workMicros;
    private int workMillionths;
    private long lostMicros;

    Progress() {
        written.add(new Checkpoint(0, 0));
    }

    /** Work kept so far. */
    long workMicros() {
        return workMicros;
    }

    /** Work done and thrown away. */
    long lostMicros() {
        return lostMicros;
    }

    long safeMicros() {
        return written.getLast().workMicros;
    }

    void train(long durationMicros, int speedPpm) {
        long whole = durationMicros / Times.FULL_SPEED_PPM * speedPpm;
        long rest = durationMicros % Times.FULL_SPEED_PPM * speedPpm + workMillionths;
        workMicros += whole + rest / Times.FULL_SPEED_PPM;
        workMillionths = (int) (rest % Times.FULL_SPEED_PPM);
    }

    /** The shortest time in which {@code work} is done at {@code speedPpm}, above zero. */
    long microsFor(long work, int speedPpm) {
        if (work <= 0) {
            return 0;
        }
        long quotient = work / speedPpm;
        if (quotient > Times.NEVER / Times.FULL_SPEED_PPM) {
            return Times.NEVER;
        }
        long rest = work % speedPpm * Times.FULL_SPEED_PPM - workMillionths;
        return quotient * Times.FULL_SPEED_PPM + Math.ceilDiv(rest, speedPpm);
    }

    Checkpoint snapshot(long nowMicros) {
        return new Checkpoint(nowMicros, workMicros);
    }

    void commit(Checkpoint checkpoint) {
        written.addLast(checkpoint);
        dropUnneeded();
    }

    /** Back to the newest checkpoint. Returns the work thrown away. */
    long rollBack() {
        Checkpoint newest = written.getLast();
        corruptions.removeIf(corruption -> corruption.timeMicros >= newest.timeMicros);
        return goTo(newest.workMicros);
    }

    /** Back to the beginning of the step in flight, which {@code stepMicros} tells. */
    long loseStep(long stepMicros) {
        return goTo(Math.max(safeMicros(), workMicros / stepMicros * stepMicros));
    }

    /** From now on the state is wrong. Returns the number to pass to {@link #undo}. */
    int corrupt(long nowMicros) {
        corruptions.add(new Corruption(corruptionCount, nowMicros));
        return corruptionCount++;
    }

    /** A corruption without a state to spoil: {@link #undo} finds nothing to go back from. */
    int corruptNothing() {
        return corruptionCount++;
    }

    /**
     * Back to the newest checkpoint from before the corruption; if a stop in between has already
     * gone back that far, to the newest checkpoint at all. Returns the work thrown away.
     */
    long undo(int corruption) {
        for (Corruption pending : corruptions) {
            if (pending.number == corruption) {
                while (written.getLast().timeMicros > pending.timeMicros) {
                    written.removeLast();
                }
                break;
            }
        }
        long lost = rollBack();
        dropUnneeded();
        return lost;
    }

    private long goTo(long work) {
        long lost = workMicros - work;
        lostMicros += lost;
        workMicros = work;
        workMillionths = 0;
        return lost;
    }

    /** Keeps what {@link #undo} may want: all since the last one before the oldest corruption. */
    private void dropUnneeded() {
        long oldest = corruptions.isEmpty() ? Times.NEVER : corruptions.getFirst().timeMicros;
        while (written.size() > 1) {
            Checkpoint first = written.removeFirst();
            if (written.getFirst().timeMicros > oldest) {
                written.addFirst(first);
                return;
            }
        }
    }

    /** State copied at {@code timeMicros}, when {@code workMicros} of work were done. */
    record Checkpoint(long timeMicros, long workMicros) {}

    private record Corruption(int number, long timeMicros) {}
}
