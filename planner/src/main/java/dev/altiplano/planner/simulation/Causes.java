package dev.altiplano.planner.simulation;

import dev.altiplano.planner.reliability.FailureCause;
import dev.altiplano.planner.reliability.FailureProfile;
import java.util.ArrayList;
import java.util.List;

/** Everything that can stop a run, numbered: the profile's causes, then the simulation's own. */
final class Causes {
    static final String PLANNED = "planned";
    static final String CURTAILMENT = "curtailment";
    private static final List<String> OWN =
            List.of(PLANNED, CURTAILMENT, "straggler", "checkpoint", "none");

    private final List<FailureCause> unexpected;
    private final List<String> names = new ArrayList<>();
    private final byte[][] bytes;
    private final long[] stops;
    private final long[] stoppedMicros;
    private final long[] lostWorkMicros;

    Causes(FailureProfile profile) {
        unexpected = profile.causes();
        unexpected.forEach(cause -> names.add(cause.name()));
        names.addAll(OWN);
        bytes = names.stream().map(EventLog::ascii).toArray(byte[][]::new);
        stops = new long[names.size()];
        stoppedMicros = new long[names.size()];
        lostWorkMicros = new long[names.size()];
    }

    int planned() {
        return unexpected.size();
    }

    int curtailment() {
        return unexpected.size() + 1;
    }

    int straggler() {
        return unexpected.size() + 2;
    }

    int checkpoint() {
        return unexpected.size() + 3;
    }

    int none() {
        return unexpected.size() + 4;
    }

    /** ASCII. */
    String name(int cause) {
        return names.get(cause);
    }

    /** The name for the event log, to be read only. */
    byte[] bytes(int cause) {
        return bytes[cause];
    }

    void countStop(int cause) {
        stops[cause]++;
    }

    void addStopped(int cause, long micros) {
        stoppedMicros[cause] += micros;
    }

    void addLostWork(int cause, long micros) {
        lostWorkMicros[cause] += micros;
    }

    List<RunResult.Loss> losses() {
        List<RunResult.Loss> losses = new ArrayList<>();
        for (int cause = 0; cause < none(); cause++) {
            losses.add(
                    new RunResult.Loss(
                            names.get(cause),
                            cause < unexpected.size(),
                            stops[cause],
                            stoppedMicros[cause],
                            lostWorkMicros[cause]));
        }
        return losses;
    }
}
