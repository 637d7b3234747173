package dev.altiplano.planner.layout;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.step.FabricSpec;
import dev.altiplano.planner.step.Layout;
import dev.altiplano.planner.step.ModelShape;
import dev.altiplano.planner.step.Schedule;
import dev.altiplano.planner.step.StepModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges a layout that a person named: every constraint it breaks, the first one first. */
public final class LayoutChecks {
    private final StepModel step;
    private final long gpus;
    private final long batchSequences;
    private final List<LayoutRule> rules;

    /**
     * @param gpus accelerators that the job may use
     * @param batchSequences sequences of a step
     * @param rules limits of a named engine
     */
    public LayoutChecks(StepModel step, long gpus, long batchSequences, List<LayoutRule> rules) {
        this.step = step;
        this.gpus = gpus;
        this.batchSequences = batchSequences;
        this.rules = List.copyOf(rules);
    }

    /** The first constraint that {@code layout} breaks. */
    public Optional<Problem> first(Layout layout) {
        return all(layout).stream().findFirst();
    }

    /** All of them; memory is judged only when the degrees are sound. */
    public List<Problem> all(Layout layout) {
        List<Problem> found = new ArrayList<>();
        product(layout, gpus, batchSequences).ifPresent(found::add);
        degrees(layout, found);
        batch(layout).ifPresent(found::add);
        if (found.isEmpty()) {
            long microBatches = layout.microBatches(batchSequences);
            MemoryFit.check(step, layout, microBatches).ifPresent(found::add);
            for (LayoutRule rule : rules) {
                rule.check(layout, microBatches).ifPresent(found::add);
            }
        }
        return found;
    }

    /**
     * E101: more accelerators than there are, or so few that another copy of the model with the
     * same batch would fit.
     */
    static Optional<Problem> product(Layout layout, long gpus, long batchSequences) {
        long block = (long) layout.tp() * layout.cp() * layout.pp();
        long most = gpus / block;
        boolean tooMany = layout.gpus() > gpus;
        long better = largestDp(batchSequences, layout.micro(), most);
        if (!tooMany && better <= layout.dp()) {
            return Optional.empty();
        }
        String hint =
                better == 0
                        ? "no dp would fit; lower tp, cp or pp"
                        : "dp %d would fit".formatted(better);
        return Optional.of(
                Problem.of(
                        ErrorCode.E101,
                        "layout does not multiply: tp %d x cp %d x pp %d x dp %d = %d, cluster.gpus = %d (%s)"
                                .formatted(
                                        layout.tp(),
                                        layout.cp(),
                                        layout.pp(),
                                        layout.dp(),
                                        layout.gpus(),
                                        gpus,
                                        hint)));
    }

    /** E102: the batch is not a whole number of micro-batches for every rank. */
    private Optional<Problem> batch(Layout layout) {
        long grain = (long) layout.dp() * layout.micro();
        if (batchSequences % grain == 0) {
            return Optional.empty();
        }
        long below = batchSequences / grain * grain;
        String nearest =
                below == 0
                        ? "%d sequences".formatted(grain)
                        : "%d or %d sequences".formatted(below, below + grain);
        long dp = largestDp(batchSequences, layout.micro(), layout.dp());
        long idle = gpus - dp * layout.tp() * layout.cp() * layout.pp();
        String other = dp == 0 ? "micro 1" : "dp %d (%d GPUs idle)".formatted(dp, idle);
        return Optional.of(
                Problem.of(
                        ErrorCode.E102,
                        "batch %d tokens = %d sequences is not a multiple of dp %d x micro %d; nearest %s, or %s"
                                .formatted(
                                        batchSequences * step.training().sequenceTokens(),
                                        batchSequences,
                                        layout.dp(),
                                        layout.micro(),
                                        nearest,
                                        other)));
    }

    private static long largestDp(long batchSequences, int micro, long most) {
        if (batchSequences % micro != 0) {
            return 0;
        }
        return Degrees.divisors(batchSequences / micro).stream()
                .mapToLong(Integer::longValue)
                .filter(dp -> dp <= most)
                .max()
                .orElse(0);
    }

    private void degrees(Layout layout, List<Problem> found) {
        ModelShape model = step.model();
        FabricSpec fabric = step.fabric();
        int tp = layout.tp();
        require(
                found,
                tp <= fabric.linkDomainGpus(),
                ErrorCode.E104,
                "tp %d is larger than the link domain %d of %s"
                        .formatted(tp, fabric.linkDomainGpus(), fabric.nodeName()));
        require(
                found,
                model.heads() % tp == 0,
                ErrorCode.E105,
                "heads %d not divisible by tp %d".formatted(model.heads(), tp));
        require(
                found,
                model.kvHeads() % tp == 0 || tp % model.kvHeads() == 0,
                ErrorCode.E105,
                "kv heads %d neither divisible by tp %d nor a divisor of it"
                        .formatted(model.kvHeads(), tp));
        experts(layout, found);
        pipeline(layout, found);
        sequence(layout, found);
    }

    private void experts(Layout layout, List<Problem> found) {
        int experts = Math.max(1, step.model().moe().experts());
        require(
                found,
                experts % layout.ep() == 0,
                ErrorCode.E106,
                "experts %d not divisible by ep %d".formatted(experts, layout.ep()));
        require(
                found,
                layout.expertTp() == 1 || layout.expertTp() == layout.tp(),
                ErrorCode.E107,
                "expert tp %d is neither 1 nor tp %d".formatted(layout.expertTp(), layout.tp()));
        long ranks = (long) layout.dp() * layout.cp() * layout.tp();
        require(
                found,
                ranks % ((long) layout.ep() * layout.expertTp()) == 0,
                ErrorCode.E107,
                "dp x cp x tp = %d not divisible by ep %d x expert tp %d"
                        .formatted(ranks, layout.ep(), layout.expertTp()));
    }

    private void pipeline(Layout layout, List<Problem> found) {
        int layers = step.model().layers();
        int pp = layout.pp();
        int v = layout.virtualStages();
        require(
                found,
                (long) pp * v <= layers + 2L,
                ErrorCode.E107,
                "pp %d x v %d is more than the %d layers and the vocabulary at both ends"
                        .formatted(pp, v, layers));
        require(
                found,
                v == 1 || (layout.schedule().isInterleaved() && pp > 1),
                ErrorCode.E107,
                "v %d needs the interleaved schedule and pp above 1, found %s and pp %d"
                        .formatted(v, layout.schedule(), pp));
        long microBatches = layout.microBatches(batchSequences);
        require(
                found,
                v == 1 || microBatches % pp == 0,
                ErrorCode.E107,
                "%d micro-batches are not a multiple of pp %d, as the interleaved schedule needs"
                        .formatted(microBatches, pp));
        require(
                found,
                pp == 1 || microBatches >= layout.schedule().minMicroBatches(pp),
                ErrorCode.E107,
                "%d micro-batches are too few for %s at pp %d, which needs %d"
                        .formatted(
                                microBatches,
                                layout.schedule(),
                                pp,
                                layout.schedule().minMicroBatches(pp)));
        require(
                found,
                layout.schedule() != Schedule.DUAL_PIPE || pp % 2 == 0,
                ErrorCode.E107,
                "DualPipe needs an even pp, found %d".formatted(pp));
    }

    private void sequence(Layout layout, List<Problem> found) {
        long sequence = step.training().sequenceTokens();
        require(
                found,
                layout.cp() == 1 || sequence % (2L * layout.cp()) == 0,
                ErrorCode.E107,
                "sequence %d not divisible by 2 x cp %d".formatted(sequence, layout.cp()));
        require(
                found,
                layout.denseReplicas() % layout.shardGroup() == 0,
                ErrorCode.E107,
                "dp x cp = %d not divisible by the sharding group %d"
                        .formatted(layout.denseReplicas(), layout.shardGroup()));
    }

    private static void require(
            List<Problem> found, boolean holds, ErrorCode code, String message) {
        if (!holds) {
            found.add(Problem.of(code, message));
        }
    }
}
