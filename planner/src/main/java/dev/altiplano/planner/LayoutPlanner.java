package dev.altiplano.planner;

import dev.altiplano.planner.emit.Engine;
import dev.altiplano.planner.input.LayoutInput;
import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.input.TrainingInput;
import dev.altiplano.planner.layout.BatchRange;
import dev.altiplano.planner.layout.Candidate;
import dev.altiplano.planner.layout.Finding;
import dev.altiplano.planner.layout.LayoutChecks;
import dev.altiplano.planner.layout.LayoutRule;
import dev.altiplano.planner.layout.LayoutSearch;
import dev.altiplano.planner.layout.SearchRequest;
import dev.altiplano.planner.layout.SearchResult;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.Numbers;
import dev.altiplano.planner.step.Layout;
import dev.altiplano.planner.step.MemoryEstimate;
import dev.altiplano.planner.step.MemoryModel;
import dev.altiplano.planner.step.StepModel;
import dev.altiplano.planner.step.StepTime;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Judges the named layout, or searches for one. */
final class LayoutPlanner {
    private final PlanInput input;
    private final SparePlan spares;
    private final int threads;
    private final LongSupplier nanoTime;
    private final StepModel step;

    LayoutPlanner(PlanInput input, SparePlan spares, int threads, LongSupplier nanoTime) {
        this.input = input;
        this.spares = spares;
        this.threads = threads;
        this.nanoTime = nanoTime;
        this.step = input.stepModel();
    }

    LayoutPlan plan() {
        Optional<Layout> named = input.layout().named();
        if (named.isPresent()) {
            return new LayoutPlan(Optional.of(judged(named.get())), Optional.empty());
        }
        if (input.measured().givesSpeed()) {
            return new LayoutPlan(Optional.empty(), Optional.empty());
        }
        SearchResult found = new LayoutSearch(threads, nanoTime).search(request());
        if (found.best().isEmpty() && found.timedOut()) {
            throw new PlannerException(stopped(input, "before it found a layout that fits"));
        }
        if (found.best().isEmpty()) {
            throw new PlannerException(found.findings().stream().map(this::refusal).toList());
        }
        return new LayoutPlan(Optional.of(found.best().getFirst()), Optional.of(found));
    }

    /** E403: the time limit of the plan was reached. */
    static Problem stopped(PlanInput input, String when) {
        double seconds = input.layout().timeout().toMillis() / 1e3;
        return Problem.of(
                        ErrorCode.E403,
                        "the search was stopped after %s s, %s"
                                .formatted(Numbers.text(seconds), when))
                .at(input.layout().place())
                .hinting("give it more with --timeout or search.timeout, or name a layout");
    }

    private Problem refusal(Finding finding) {
        return Problem.of(ErrorCode.E103, finding.message()).at(input.layout().place());
    }

    private Candidate judged(Layout layout) {
        long sequence = input.training().spec().sequenceTokens();
        long batch = batch().maxSequences();
        List<Problem> problems = new LayoutChecks(step, jobGpusMax(), batch, List.of()).all(layout);
        if (!problems.isEmpty()) {
            throw new PlannerException(
                    problems.stream().map(p -> p.at(input.layout().place())).toList());
        }
        long microBatches = layout.microBatches(batch);
        StepTime time = step.step(layout, microBatches);
        MemoryEstimate memory =
                new MemoryModel(input.model().shape(), input.training().spec())
                        .estimate(layout, microBatches);
        double tokensPerSecond = batch * sequence / time.seconds();
        double megawatts = layout.gpus() * wattsPerGpu() / 1e6;
        return new Candidate(
                layout, microBatches, time, memory, tokensPerSecond, tokensPerSecond / megawatts);
    }

    /** Automatic spares stand beside the cluster's GPUs, as those of published runs did. */
    private long jobGpusMax() {
        return input.cluster().spareNodes().isPresent()
                ? spares.usableGpus()
                : input.cluster().gpus();
    }

    private SearchRequest request() {
        LayoutInput bounds = input.layout();
        return new SearchRequest(
                step,
                jobGpusMax(),
                0,
                batch(),
                bounds.contextParallelMax(),
                SearchRequest.ESTABLISHED,
                wattsPerGpu(),
                rules(),
                bounds.timeout());
    }

    /** Of the engine that the plan names. */
    private List<LayoutRule> rules() {
        long sequence = input.training().spec().sequenceTokens();
        return input
                .layout()
                .engine()
                .map(name -> Engine.named(name).rule(input.model().shape(), sequence))
                .stream()
                .toList();
    }

    private BatchRange batch() {
        TrainingInput training = input.training();
        requireWholeSequences(training);
        return BatchRange.ofTokens(
                training.batchMinTokens(),
                training.batchMaxTokens(),
                training.spec().sequenceTokens());
    }

    private static void requireWholeSequences(TrainingInput training) {
        long sequence = training.spec().sequenceTokens();
        long below = training.batchMaxTokens() / sequence * sequence;
        if (below < training.batchMinTokens()) {
            throw new PlannerException(
                    Problem.of(
                                    ErrorCode.E102,
                                    "batch %d tokens is not a whole number of sequences of %d tokens"
                                            .formatted(training.batchMaxTokens(), sequence))
                            .at(training.batchPlace())
                            .hinting("nearest %d or %d tokens".formatted(below, below + sequence)));
        }
    }

    /** Rated power of one accelerator and its share of the host. */
    private double wattsPerGpu() {
        return input.cluster().accelerator().tdp().base()
                + input.cluster().node().hostWatts().base();
    }
}
