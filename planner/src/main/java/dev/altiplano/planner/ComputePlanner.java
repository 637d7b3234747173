package dev.altiplano.planner;

import dev.altiplano.planner.input.Measured;
import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.layout.Candidate;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.quantity.Unit;
import dev.altiplano.planner.step.Flops;
import dev.altiplano.planner.step.FlopsConvention;
import dev.altiplano.planner.step.ModelShape;
import dev.altiplano.planner.step.Utilisation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Size, work and speed. */
final class ComputePlanner {
    /** The conventions that fit any model; the GPT forms are for published GPT rows. */
    private static final List<FlopsConvention> CONVENTIONS =
            List.of(
                    FlopsConvention.NO_ATTENTION,
                    FlopsConvention.CAUSAL,
                    FlopsConvention.FULL,
                    FlopsConvention.SIX_ND);

    /**
     * Band of a modelled rate: on rows that the constants were not fitted on, the mean error is 4
     * to 6 % and the worst 11 %.
     */
    private static final double MODEL_ERROR = 0.08;

    private static final Unit RATE = Unit.of("tokens/s");

    private ComputePlanner() {}

    static ComputePlan plan(PlanInput input, LayoutPlan layout, SparePlan spares) {
        ModelShape model = input.model().shape();
        double sequence = input.training().spec().sequenceTokens();
        Map<FlopsConvention, Double> flops = new EnumMap<>(FlopsConvention.class);
        CONVENTIONS.forEach(c -> flops.put(c, Flops.perToken(model, sequence, c)));
        long jobGpus = layout.chosen().map(Candidate::gpus).orElse(jobGpus(input, spares));
        Quantity rate = rate(input, layout, (double) jobGpus, flops);
        return new ComputePlan(
                model.parameters(),
                model.activeParameters(),
                flops,
                rate,
                includesStops(input.measured()),
                utilisation(input, rate, (double) jobGpus, flops),
                jobGpus);
    }

    /** A replayed run used what the plan names; its own spares were not counted in. */
    private static long jobGpus(PlanInput input, SparePlan spares) {
        return input.cluster().spareNodes().isPresent()
                ? spares.usableGpus()
                : input.cluster().gpus();
    }

    private static boolean includesStops(Measured measured) {
        return measured.tokensPerGpu().isEmpty()
                && measured.flopsPerGpu().isEmpty()
                && measured.gpuHours().isPresent();
    }

    private static Quantity rate(
            PlanInput input, LayoutPlan layout, double gpus, Map<FlopsConvention, Double> flops) {
        Measured measured = input.measured();
        if (measured.tokensPerGpu().isPresent()) {
            return scaled(measured.tokensPerGpu().get(), gpus);
        }
        if (measured.flopsPerGpu().isPresent()) {
            double perToken = flops.getOrDefault(input.training().convention(), 0.0);
            return scaled(measured.flopsPerGpu().get(), gpus / perToken);
        }
        if (measured.gpuHours().isPresent()) {
            return ofGpuHours(measured.gpuHours().get(), input.training().tokens(), gpus);
        }
        double modelled = layout.chosen().orElseThrow().tokensPerSecond();
        return new Quantity(
                modelled * (1 - MODEL_ERROR),
                modelled,
                modelled * (1 + MODEL_ERROR),
                RATE,
                Grade.FITTED,
                "step model",
                "");
    }

    private static Quantity scaled(Quantity perGpu, double factor) {
        Unit unit = perGpu.unit();
        return new Quantity(
                unit.toBase(perGpu.low()) * factor,
                unit.toBase(perGpu.likely()) * factor,
                unit.toBase(perGpu.high()) * factor,
                RATE,
                perGpu.grade(),
                perGpu.source(),
                perGpu.date());
    }

    private static Quantity ofGpuHours(Quantity hours, double tokens, double gpus) {
        double tokensOfOneHour = tokens * gpus / Unit.of("h").factor();
        return new Quantity(
                tokensOfOneHour / hours.high(),
                tokensOfOneHour / hours.likely(),
                tokensOfOneHour / hours.low(),
                RATE,
                hours.grade(),
                hours.source(),
                hours.date());
    }

    private static List<Utilisation> utilisation(
            PlanInput input, Quantity rate, double gpus, Map<FlopsConvention, Double> flops) {
        double peak = input.cluster().spec().peakFlops();
        List<Utilisation> all = new ArrayList<>();
        flops.forEach(
                (convention, perToken) ->
                        all.add(Utilisation.mfu(rate.likely(), gpus, perToken, convention, peak)));
        return all;
    }
}
