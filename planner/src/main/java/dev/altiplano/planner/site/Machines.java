package dev.altiplano.planner.site;

import static dev.altiplano.planner.quantity.Checks.notNegative;
import static dev.altiplano.planner.quantity.Checks.range;
import static dev.altiplano.planner.quantity.Checks.share;

import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.quantity.NodePower;

/**
 * The accelerators of a site: some work on a job, the others are kept free or left over and idle.
 *
 * @param readings of one accelerator
 * @param waitingShare power of an accelerator that waits over one that trains, 0 to 1
 * @param working accelerators of the job
 * @param idle accelerators without work
 */
public record Machines(PowerReadings readings, double waitingShare, double working, double idle) {
    public Machines {
        share("waitingShare", waitingShare);
        range("working", (long) working, 1, 100_000_000);
        notNegative("idle", idle);
    }

    /** One accelerator with its share of the host, never below idle. */
    public NodePower training() {
        return floored(readings.perAccelerator(PowerReading.TYPICAL).node());
    }

    /** The same during stalls, detection and restart; never above training. */
    public NodePower waiting() {
        ServerPower server = readings.server();
        double accelerator = Math.max(0, training().watts() - server.hostWatts());
        NodePower waiting = new NodePower(server.hostWatts() + waitingShare * accelerator);
        return waiting.compareTo(training()) > 0 ? training() : floored(waiting);
    }

    private NodePower floored(NodePower power) {
        NodePower idlePower = readings.server().idle();
        return power.compareTo(idlePower) > 0 ? power : idlePower;
    }

    /** What the meter shows while each of the job's accelerators draws {@code each}. */
    public FacilityPower meter(NodePower each) {
        NodePower rest = readings.server().idle().times(idle);
        return readings.chain().facility(readings.chain().it(each.times(working).plus(rest)));
    }
}
