package dev.altiplano.planner.simulation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What came of one run.
 *
 * @param wallMicros length of the run; every phase's time is in {@code phaseMicros}, and they add
 *     to it
 * @param steps made and kept
 * @param workMicros full-speed training time of the kept work
 * @param lostWorkMicros full-speed training time that was thrown away
 * @param losses by cause: the profile's causes first, in their order
 * @param hash SHA-256 of the event log, hexadecimal: that of {@code events.csv}
 */
public record RunResult(
        Outcome outcome,
        long seed,
        long wallMicros,
        long steps,
        long tokens,
        long workMicros,
        long lostWorkMicros,
        Map<RunPhase, Long> phaseMicros,
        List<Loss> losses,
        Nodes nodes,
        Power power,
        long events,
        String hash) {
    public RunResult {
        phaseMicros = Collections.unmodifiableMap(new EnumMap<>(phaseMicros));
        losses = List.copyOf(losses);
    }

    public double days() {
        return wallMicros / (double) Times.DAY;
    }

    /** Kept full-speed training time over the wall clock. */
    public double effectiveShare() {
        return workMicros / (double) wallMicros;
    }

    public long phaseMicros(RunPhase phase) {
        return phaseMicros.getOrDefault(phase, 0L);
    }

    /** Unexpected stops, of all causes of the profile. */
    public long unexpectedStops() {
        return losses.stream().filter(Loss::isUnexpected).mapToLong(Loss::stops).sum();
    }

    public long plannedStops() {
        return losses.stream().filter(Loss::isPlanned).mapToLong(Loss::stops).sum();
    }

    /** How a run ended. */
    public enum Outcome {
        /** All steps are made. */
        DONE,
        /** Cut at the horizon. */
        HORIZON,
        /** Stopped for good, without a recovery. */
        FAILED
    }

    /**
     * What one cause took.
     *
     * @param stops interruptions of the run
     * @param stoppedMicros wall clock in detection, restart, waiting and pauses
     * @param lostWorkMicros full-speed training time thrown away
     */
    public record Loss(
            String cause,
            boolean isUnexpected,
            long stops,
            long stoppedMicros,
            long lostWorkMicros) {

        public boolean isPlanned() {
            return cause.equals(Causes.PLANNED);
        }

        public boolean isCurtailment() {
            return cause.equals(Causes.CURTAILMENT);
        }
    }

    /**
     * What happened to nodes.
     *
     * @param fewestSpares that were left at any time
     * @param exhaustedMicros wall clock with a vacancy and no spare
     */
    public record Nodes(
            long repairs,
            int swapsInRack,
            int swapsInPod,
            int swapsAcrossPods,
            int fewestSpares,
            long exhaustedMicros) {}

    /**
     * Power and energy at the boundary of the {@link PowerPlan}.
     *
     * @param demandWatts highest mean of a quarter hour, counted from the start of the run
     * @param largestStepWatts largest change from one moment to the next
     * @param gridKilograms emissions of the energy by the plan's hourly rates, 0 without
     * @param gridUsd price of the energy by the plan's hourly rates, 0 without
     */
    public record Power(
            double joules,
            double peakWatts,
            double demandWatts,
            double largestStepWatts,
            double gridKilograms,
            double gridUsd) {}
}
