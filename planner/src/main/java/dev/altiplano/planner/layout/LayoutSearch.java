package dev.altiplano.planner.layout;

import dev.altiplano.planner.step.ModelShape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

/**
 * Finds the fastest layouts that fit.
 *
 * <p>Degrees that divide, then the lower bound on time against a layout known to exist (found by a
 * quick look at the small choices), then states, then all of the memory. Parts are searched in
 * parallel, one for each (TP, PP), and merged in a total order; each part prunes only against what
 * it knows itself, so the answer and the counts are the same for any number of threads.
 */
public final class LayoutSearch {
    private static final int[] MICRO_BATCHES = {1, 2, 4, 8};

    private final int threads;
    private final LongSupplier nanoTime;

    /**
     * @param threads worker threads, 1 or more
     * @param nanoTime clock for the time limit, as {@link System#nanoTime}
     */
    public LayoutSearch(int threads, LongSupplier nanoTime) {
        if (threads < 1) {
            throw new IllegalArgumentException("a search needs one thread, found " + threads);
        }
        this.threads = threads;
        this.nanoTime = nanoTime;
    }

    /** Blocks until done, or until the request's time limit. */
    public SearchResult search(SearchRequest request) {
        Deadline deadline = new Deadline(nanoTime, request.timeout());
        double known = quickLook(request, deadline).fastestSecondsPerToken();
        List<Callable<PointEvaluator>> parts = new ArrayList<>();
        for (int tp : tensorDegrees(request)) {
            for (int pp : pipelineDegrees(request)) {
                if ((long) tp * pp <= request.usableGpus()) {
                    parts.add(
                            () -> {
                                PointEvaluator part = new PointEvaluator(request, true, known);
                                new PartSearch(request, part, deadline)
                                        .search(tp, pp, MICRO_BATCHES);
                                return part;
                            });
                }
            }
        }
        return merge(request, run(parts), deadline);
    }

    private SearchResult merge(
            SearchRequest request, List<PointEvaluator> parts, Deadline deadline) {
        Shortlist all = new Shortlist();
        SearchCounts counts = SearchCounts.NONE;
        for (PointEvaluator part : parts) {
            all.addAll(part.shortlist());
            counts = counts.plus(part.counts());
        }
        List<Candidate> best = all.best();
        double half =
                request.usableGpus() < 2 || best.isEmpty()
                        ? Double.POSITIVE_INFINITY
                        : quickLook(request.withGpus(request.usableGpus() / 2), deadline)
                                .fastestSecondsPerToken();
        return new SearchResult(
                best,
                all.front(),
                counts,
                SearchFindings.of(request, best, half),
                deadline.isMissed());
    }

    /** One sequence a micro-batch, all states over all ranks: near the best, and soon done. */
    private Shortlist quickLook(SearchRequest request, Deadline deadline) {
        PointEvaluator part = new PointEvaluator(request, false, Double.POSITIVE_INFINITY);
        PartSearch search = new PartSearch(request, part, deadline);
        for (int tp : tensorDegrees(request).reversed()) {
            for (int pp : pipelineDegrees(request)) {
                search.search(tp, pp, new int[] {1});
            }
        }
        return part.shortlist();
    }

    private static List<Integer> tensorDegrees(SearchRequest request) {
        ModelShape model = request.step().model();
        return Degrees.tensor(
                model.heads(), model.kvHeads(), request.step().fabric().linkDomainGpus());
    }

    private static List<Integer> pipelineDegrees(SearchRequest request) {
        return Degrees.pipeline(request.step().model().layers(), request.usableGpus());
    }

    private List<PointEvaluator> run(List<Callable<PointEvaluator>> parts) {
        List<PointEvaluator> results = new ArrayList<>();
        try (ExecutorService team = Executors.newFixedThreadPool(threads)) {
            for (Future<PointEvaluator> part : team.invokeAll(parts)) {
                results.add(part.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the search was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a part of the search failed", e.getCause());
        }
        return results;
    }
}
