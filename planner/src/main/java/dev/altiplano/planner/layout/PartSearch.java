package dev.altiplano.planner.layout;

import dev.altiplano.planner.step.LayerCost;
import dev.altiplano.planner.step.ModelShape;
import java.util.List;

/** Walks the degrees that divide, within one choice of TP and PP. */
final class PartSearch {
    private final SearchRequest request;
    private final PointEvaluator evaluator;
    private final Deadline deadline;

    PartSearch(SearchRequest request, PointEvaluator evaluator, Deadline deadline) {
        this.request = request;
        this.evaluator = evaluator;
        this.deadline = deadline;
    }

    void search(int tp, int pp, int[] microSizes) {
        List<Integer> contexts =
                Degrees.context(
                        request.step().training().sequenceTokens(), request.contextParallelMax());
        for (int cp : contexts) {
            long ranks = request.usableGpus() / ((long) tp * cp * pp);
            for (int micro : microSizes) {
                if (ranks < 1 || deadline.isMissed()) {
                    return;
                }
                List<Integer> dataDegrees = Degrees.data(request.batch(), micro, ranks);
                for (ModelDegrees degrees : withExperts(tp, cp, pp)) {
                    searchData(degrees, micro, dataDegrees);
                }
            }
        }
    }

    private List<ModelDegrees> withExperts(int tp, int cp, int pp) {
        ModelShape model = request.step().model();
        if (!model.isMoe()) {
            return List.of(new ModelDegrees(tp, cp, pp, 1, 1));
        }
        List<Integer> expertTps = tp > 1 ? List.of(1, tp) : List.of(1);
        return Degrees.divisors(model.moe().experts()).stream()
                .flatMap(ep -> expertTps.stream().map(te -> new ModelDegrees(tp, cp, pp, ep, te)))
                .toList();
    }

    /** From most ranks to fewest: once the bound says too slow, fewer are slower still. */
    private void searchData(ModelDegrees degrees, int micro, List<Integer> dataDegrees) {
        LayerCost cost =
                request.step()
                        .layer(degrees.tp(), degrees.cp(), degrees.ep(), degrees.expertTp(), micro);
        for (int dp : dataDegrees) {
            List<Long> choices = Degrees.microBatches(request.batch(), dp, micro, degrees.pp());
            if (choices.isEmpty() || !degrees.expertsDivide(dp)) {
                continue;
            }
            boolean isPromising = false;
            for (long microBatches : choices) {
                isPromising |=
                        evaluator.evaluate(new Point(degrees, dp, micro, microBatches, cost));
            }
            if (!isPromising) {
                return;
            }
        }
    }
}
