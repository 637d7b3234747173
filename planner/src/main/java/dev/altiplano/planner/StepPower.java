package dev.altiplano.planner;

import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.site.Machines;
import dev.altiplano.planner.site.StepPattern;
import dev.altiplano.planner.site.StepPattern.Phase;
import dev.altiplano.planner.step.StepTime;
import java.util.ArrayList;
import java.util.List;

/** The power of one step at the meter: all accelerators compute and wait together. */
public final class StepPower {
    private StepPower() {}

    /** Computing draws training power, the rest of the step what waiting draws. */
    public static StepPattern of(Machines machines, StepTime step) {
        double busy = step.computeSeconds() + step.optimizerSeconds();
        double rest = step.seconds() - busy;
        List<Phase> phases = new ArrayList<>();
        addPhase(phases, "compute", busy, machines.meter(machines.training()));
        addPhase(phases, "wait", rest, machines.meter(machines.waiting()));
        return new StepPattern(phases);
    }

    private static void addPhase(
            List<Phase> phases, String name, double seconds, FacilityPower power) {
        if (seconds > 0) {
            phases.add(new Phase(name, seconds, power));
        }
    }
}
