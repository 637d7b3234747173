package dev.altiplano.planner.layout;

import dev.altiplano.planner.step.DataSharding;
import dev.altiplano.planner.step.Layout;
import dev.altiplano.planner.step.MemoryEstimate;
import dev.altiplano.planner.step.MemoryModel;
import dev.altiplano.planner.step.Recompute;
import dev.altiplano.planner.step.Schedule;
import dev.altiplano.planner.step.StepModel;
import dev.altiplano.planner.step.StepTime;
import java.util.ArrayList;
import java.util.List;

/** Tries every variant of a point and offers those that fit. One per thread. */
final class PointEvaluator {
    private final SearchRequest request;
    private final StepModel step;
    private final MemoryModel memory;
    private final boolean wide;
    private final double pruneSecondsPerToken;
    private final Shortlist shortlist = new Shortlist();

    private long points;
    private long slowPoints;
    private long passes;
    private long slowPasses;
    private long layouts;
    private long statesTooLarge;
    private long tooLarge;
    private long refused;
    private long fitting;

    /**
     * @param wide all sharding groups, or only the whole one
     * @param pruneSecondsPerToken the time of a layout that is known to exist
     */
    PointEvaluator(SearchRequest request, boolean wide, double pruneSecondsPerToken) {
        this.request = request;
        this.step = request.step();
        this.memory = new MemoryModel(step.model(), step.training());
        this.wide = wide;
        this.pruneSecondsPerToken = pruneSecondsPerToken;
    }

    Shortlist shortlist() {
        return shortlist;
    }

    SearchCounts counts() {
        return new SearchCounts(
                points,
                slowPoints,
                passes,
                slowPasses,
                layouts,
                statesTooLarge,
                tooLarge,
                refused,
                fitting);
    }

    /** False if the point was too slow by its lower bound; then fewer ranks are, too. */
    boolean evaluate(Point point) {
        points++;
        double bound = step.lowerBoundSeconds(point.cost(), point.pp(), point.microBatches());
        if (!wants(bound / tokens(point))) {
            slowPoints++;
            return false;
        }
        List<Layout> shardings = shardings(point);
        for (Schedule schedule : Schedule.values()) {
            for (int v : virtualStages(point, schedule)) {
                for (Recompute recompute : recomputations()) {
                    evaluatePass(point, v, recompute, schedule, shardings);
                }
            }
        }
        return true;
    }

    private boolean wants(double secondsPerToken) {
        return secondsPerToken <= Shortlist.SLOWEST * pruneSecondsPerToken
                && shortlist.wants(secondsPerToken);
    }

    private void evaluatePass(
            Point point, int v, Recompute recompute, Schedule schedule, List<Layout> shardings) {
        passes++;
        Layout any = shardings.getFirst().with(v, recompute, schedule);
        StepTime run = step.run(point.cost(), any, point.microBatches());
        if (!wants(run.runSeconds() / tokens(point))) {
            slowPasses++;
            return;
        }
        for (Layout sharding : shardings) {
            layouts++;
            offer(point, run, sharding.with(v, recompute, schedule));
        }
    }

    private void offer(Point point, StepTime run, Layout layout) {
        double usable = step.accelerator().hbmBytes();
        if (!new MemoryEstimate(memory.states(layout), 0, 0).fits(usable)) {
            statesTooLarge++;
            return;
        }
        MemoryEstimate estimate = memory.estimate(layout, point.microBatches());
        if (!estimate.fits(usable)) {
            tooLarge++;
            return;
        }
        for (LayoutRule rule : request.rules()) {
            if (rule.check(layout, point.microBatches()).isPresent()) {
                refused++;
                return;
            }
        }
        fitting++;
        StepTime time = step.withTail(run, layout, point.microBatches());
        double tokensPerSecond = tokens(point) / time.seconds();
        if (wants(1 / tokensPerSecond)) {
            double megawatts = layout.gpus() * request.wattsPerGpu() / 1e6;
            shortlist.offer(
                    new Candidate(
                            layout,
                            point.microBatches(),
                            time,
                            estimate,
                            tokensPerSecond,
                            tokensPerSecond / megawatts));
        }
    }

    /**
     * DDP and, with a second copy of the weights, FSDP without resharding are never better than
     * ZeRO-1; with fp32 weights as the only copy it is the other way round.
     */
    private List<Layout> shardings(Point point) {
        if (point.replicas() == 1) {
            return List.of(layout(point, DataSharding.ZERO_0, 1));
        }
        return stages().stream()
                .flatMap(stage -> groups(point).stream().map(group -> layout(point, stage, group)))
                .toList();
    }

    private List<DataSharding> stages() {
        return step.training().precision().masterBytes() > 0
                ? List.of(DataSharding.ZERO_1, DataSharding.ZERO_2, DataSharding.ZERO_3)
                : List.of(DataSharding.FSDP_HELD, DataSharding.ZERO_2, DataSharding.ZERO_3);
    }

    private List<Integer> groups(Point point) {
        if (!wide) {
            return List.of(point.replicas());
        }
        ModelDegrees degrees = point.degrees();
        double perPod = (double) step.fabric().podGpus() / ((double) degrees.tp() * degrees.pp());
        return Degrees.shardGroups(point.replicas(), perPod);
    }

    /** With flash attention there are no scores to drop: selective would only cost time. */
    private List<Recompute> recomputations() {
        return step.training().flashAttention()
                ? List.of(Recompute.NONE, Recompute.FULL)
                : List.of(Recompute.NONE, Recompute.SELECTIVE, Recompute.FULL);
    }

    private List<Integer> virtualStages(Point point, Schedule schedule) {
        if (point.pp() == 1) {
            return schedule == Schedule.ONE_F_ONE_B ? List.of(1) : List.of();
        }
        if (!request.schedules().contains(schedule)
                || point.microBatches() < schedule.minMicroBatches(point.pp())) {
            return List.of();
        }
        if (schedule.isInterleaved()) {
            if (point.microBatches() % point.pp() != 0) {
                return List.of();
            }
            List<Integer> stages =
                    new ArrayList<>(
                            Degrees.divisors(Math.ceilDiv(step.model().layers(), point.pp())));
            stages.remove(Integer.valueOf(1));
            return stages;
        }
        boolean odd = schedule == Schedule.DUAL_PIPE && point.pp() % 2 != 0;
        return odd ? List.of() : List.of(1);
    }

    private double tokens(Point point) {
        return (double) point.microBatches()
                * point.micro()
                * point.dp()
                * step.training().sequenceTokens();
    }

    private static Layout layout(Point point, DataSharding sharding, int group) {
        ModelDegrees degrees = point.degrees();
        return new Layout(
                degrees.tp(),
                degrees.cp(),
                degrees.pp(),
                degrees.ep(),
                degrees.expertTp(),
                point.dp(),
                1,
                point.micro(),
                sharding,
                group,
                Recompute.NONE,
                Schedule.ONE_F_ONE_B);
    }
}
