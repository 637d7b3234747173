package dev.altiplano.planner.simulation;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.reliability.FailureProfile;
import dev.altiplano.planner.reliability.Spread;

/**
 * What goes wrong apart from the profile's rates, and how.
 *
 * @param corruptionDelayHours mean time until silent data corruption is noticed
 * @param rackOutage how long a rack without power stays dark
 */
public record Disturbances(
        Links links,
        PlannedStops planned,
        Stragglers stragglers,
        double corruptionDelayHours,
        Spread rackOutage) {
    /** Mean time until corruption is noticed (assumed). */
    public static final double CORRUPTION_DELAY_HOURS = 6;

    /** Length of a planned stop before the restart (assumed). */
    public static final Spread MAINTENANCE = Spread.minutes(5, 10, 20);

    /** A dark rack (assumed). */
    public static final Spread RACK_OUTAGE = Spread.hours(1, 4, 12);

    public Disturbances {
        requireRate("corruption delay", corruptionDelayHours);
    }

    /** The profile's planned stops, no stragglers, links without a second path. */
    public static Disturbances defaults(FailureProfile profile) {
        return new Disturbances(
                Links.SINGLE,
                new PlannedStops(profile.plannedStopsPerDay(), MAINTENANCE),
                Stragglers.NONE,
                CORRUPTION_DELAY_HOURS,
                RACK_OUTAGE);
    }

    public Disturbances withPlanned(PlannedStops stops) {
        return new Disturbances(links, stops, stragglers, corruptionDelayHours, rackOutage);
    }

    public Disturbances withStragglers(Stragglers slow) {
        return new Disturbances(links, planned, slow, corruptionDelayHours, rackOutage);
    }

    public Disturbances withCorruptionDelay(double hours) {
        return new Disturbances(links, planned, stragglers, hours, rackOutage);
    }

    public Disturbances withLinks(Links plan) {
        return new Disturbances(plan, planned, stragglers, corruptionDelayHours, rackOutage);
    }

    /**
     * What a cut link does: with a slow-down of 1 the node is lost, below that there is a second
     * path and the whole job runs slower until the link is mended.
     */
    public record Links(double slowBy, Spread repair) {
        public static final Links SINGLE = new Links(1, Spread.hours(1, 2, 8));

        public Links {
            requireShare("link slow-down", slowBy);
        }

        boolean hasSecondPath() {
            return slowBy < 1;
        }
    }

    /** Evenly spaced stops at a checkpoint, the first after half a period. */
    public record PlannedStops(double perDay, Spread pause) {
        public static final PlannedStops NONE = new PlannedStops(0, Spread.ZERO);

        public PlannedStops {
            requireRate("planned stops per day", perDay);
        }
    }

    /**
     * Nodes that become slow and hold up all others.
     *
     * @param slowBy loss of the job's speed while one or more are in it
     * @param noticedHours mean time until the detector names one
     */
    public record Stragglers(double perNodeDay, double slowBy, double noticedHours) {
        public static final Stragglers NONE = new Stragglers(0, 0, 0);

        public Stragglers {
            requireRate("stragglers per node-day", perNodeDay);
            requireRate("straggler detection hours", noticedHours);
            requireShare("straggler slow-down", slowBy);
        }
    }

    private static void requireShare(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new PlannerException(
                    ErrorCode.E401, "%s: expected 0 to 1, found %s".formatted(what, value));
        }
    }

    private static void requireRate(String what, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new PlannerException(
                    ErrorCode.E401,
                    "%s: expected a finite number of zero or more, found %s"
                            .formatted(what, value));
        }
    }
}
