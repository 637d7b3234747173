package dev.altiplano.planner;

import dev.altiplano.planner.quantity.Estimate;
import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.site.BoundaryPowers;
import dev.altiplano.planner.site.Machines;
import dev.altiplano.planner.site.PowerReading;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Power and energy of a plan. Everything "at the meter" is the whole site: the job's accelerators
 * work, spares and accelerators that the layout leaves over idle.
 *
 * @param machines the job and the rest, at the likely values
 * @param cluster the whole cluster at every reading and boundary, as a site that is built for it
 * @param training at the meter while the job trains
 * @param waiting at the meter in stalls, detection and restarts
 * @param speedUnderCap share of full speed that the site's standing cap leaves; 1 without one
 * @param energy of the whole run at the meter
 * @param itKilowattHours of the run's energy, what the computing equipment takes
 */
public record ClusterPower(
        Machines machines,
        Map<PowerReading, BoundaryPowers> cluster,
        Estimate training,
        FacilityPower waiting,
        double speedUnderCap,
        Estimate energy,
        double itKilowattHours) {
    public ClusterPower {
        cluster = Collections.unmodifiableMap(new EnumMap<>(cluster));
    }

    /** The cluster at one reading. */
    public BoundaryPowers at(PowerReading reading) {
        BoundaryPowers powers = cluster.get(reading);
        if (powers == null) {
            throw new IllegalStateException("no reading " + reading);
        }
        return powers;
    }

    /** Of the run, at the meter. */
    public double kilowattHours() {
        return energy.value().base() / 3.6e6;
    }

    /** Energy at the meter over {@code tokens} of the run. */
    public double joulesPerToken(double tokens) {
        return energy.value().base() / tokens;
    }
}
