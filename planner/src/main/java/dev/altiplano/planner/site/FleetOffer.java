package dev.altiplano.planner.site;

import dev.altiplano.planner.explain.Term;
import dev.altiplano.planner.quantity.FacilityPower;
import java.util.List;

/** One way to keep a site's cap. */
public sealed interface FleetOffer {

    /** Accelerators that train from the first day. */
    long gpus();

    /** What the meter shows while they train. */
    FacilityPower power();

    /** From the first day. */
    double tokensPerDay();

    List<Term> terms();

    /**
     * As many accelerators as the cap carries at full power.
     *
     * @param gpus in whole nodes
     * @param gpusByPower {@code floor(cap / (PUE x W per accelerator))}, nodes cut through
     */
    record FewerGpus(
            long gpus, long gpusByPower, FacilityPower power, double tokensPerDay, List<Term> terms)
            implements FleetOffer {}

    /**
     * All accelerators, each with less power.
     *
     * @param acceleratorCapWatts what one accelerator may draw
     * @param speed share of full speed
     */
    record LowerCap(
            long gpus,
            double acceleratorCapWatts,
            double speed,
            FacilityPower power,
            double tokensPerDay,
            List<Term> terms)
            implements FleetOffer {}

    /**
     * All accelerators are installed; a part trains and the rest idles until the site has more
     * power.
     *
     * @param stages from the present cap to the whole fleet
     */
    record StagedStart(List<Stage> stages, List<Term> terms) implements FleetOffer {
        @Override
        public long gpus() {
            return stages.getFirst().gpus();
        }

        @Override
        public FacilityPower power() {
            return stages.getFirst().power();
        }

        @Override
        public double tokensPerDay() {
            return stages.getFirst().tokensPerDay();
        }
    }

    /**
     * One stage.
     *
     * @param cap that it needs
     * @param gpus that train; the others idle
     */
    record Stage(FacilityPower cap, long gpus, FacilityPower power, double tokensPerDay) {}
}
