package dev.altiplano.planner.site;

import static dev.altiplano.planner.quantity.Checks.notNegative;
import static dev.altiplano.planner.quantity.Checks.positive;

import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.simulation.CapPolicy;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Follows caps with one policy and a limited ramp, in closed form and without failures.
 *
 * <p>Time is cut into minutes (longer for runs of years). The power of a minute is the lower
 * envelope of what the policy draws in every other minute plus what the ramp allows on the way from
 * there: so it falls in time before a window begins, rises slowly after its end, and never exceeds
 * the cap, not even for a moment.
 *
 * @param rampWattsPerSecond largest change; empty for any
 * @param tokensPerSecond at full speed
 * @param resumeSeconds of training that one pause loses beside its own time: checkpoint and restart
 */
public record CurtailmentPlanner(
        FleetLoad load,
        CapSchedule caps,
        OptionalDouble rampWattsPerSecond,
        double horizonSeconds,
        double tokensPerSecond,
        double resumeSeconds) {
    private static final double CELL_SECONDS = 60;
    private static final int CELLS_MAX = 1_000_000;

    public CurtailmentPlanner {
        rampWattsPerSecond.ifPresent(ramp -> positive("rampWattsPerSecond", ramp));
        positive("horizonSeconds", horizonSeconds);
        notNegative("tokensPerSecond", tokensPerSecond);
        notNegative("resumeSeconds", resumeSeconds);
    }

    /** Throws E303 if a cap is below what the idle fleet draws. */
    public CurtailmentPlan plan(CapPolicy policy) {
        double cell = Math.max(CELL_SECONDS, horizonSeconds / CELLS_MAX);
        double[] watts = targets(policy, cell);
        rampWattsPerSecond.ifPresent(ramp -> limitSteps(watts, ramp * cell));
        PowerCurve curve = curve(watts, cell);
        double tokens = tokens(policy, watts, cell);
        return new CurtailmentPlan(
                policy,
                curve,
                tokens,
                tokensPerSecond * horizonSeconds - tokens,
                CapProof.of(curve, caps));
    }

    /** What the policy draws in each cell, without regard to the ramp. */
    private double[] targets(CapPolicy policy, double cell) {
        double[] watts = new double[(int) Math.ceil(horizonSeconds / cell)];
        Arrays.fill(watts, load.busy().watts());
        for (CapSchedule.Level level : caps.levels(horizonSeconds)) {
            load.requireAbove(new FacilityPower(level.watts()));
            double drawn = load.drawnWatts(policy, level.watts());
            int first = (int) Math.floor(level.fromSeconds() / cell);
            int end = Math.min(watts.length, (int) Math.ceil(level.untilSeconds() / cell));
            for (int i = first; i < end; i++) {
                watts[i] = Math.min(watts[i], drawn);
            }
        }
        return watts;
    }

    private static void limitSteps(double[] watts, double stepWatts) {
        for (int i = 1; i < watts.length; i++) {
            watts[i] = Math.min(watts[i], watts[i - 1] + stepWatts);
        }
        for (int i = watts.length - 2; i >= 0; i--) {
            watts[i] = Math.min(watts[i], watts[i + 1] + stepWatts);
        }
    }

    private double tokens(CapPolicy policy, double[] watts, double cell) {
        double fullSpeedSeconds = 0;
        boolean worked = true;
        for (int i = 0; i < watts.length; i++) {
            double seconds = Math.min(cell, horizonSeconds - i * cell);
            double speed = load.speed(policy, watts[i]);
            fullSpeedSeconds += speed * seconds;
            if (speed == 0 && worked) {
                fullSpeedSeconds -= resumeSeconds;
            }
            worked = speed > 0;
        }
        return tokensPerSecond * Math.max(0, fullSpeedSeconds);
    }

    /** Equal neighbours become one level. */
    private PowerCurve curve(double[] watts, double cell) {
        double[] starts = new double[watts.length];
        double[] levels = new double[watts.length];
        int count = 0;
        for (int i = 0; i < watts.length; i++) {
            if (count == 0 || watts[i] != levels[count - 1]) {
                starts[count] = i * cell;
                levels[count++] = watts[i];
            }
        }
        return new PowerCurve(
                Arrays.copyOf(starts, count), Arrays.copyOf(levels, count), horizonSeconds);
    }
}
