package dev.altiplano.planner.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a person should know before they use the best layout. */
final class SearchFindings {
    /** Twice the accelerators for less than half of a further speed is not worth its name. */
    private static final double WORTHWHILE_SPEEDUP = 1.5;

    /** Idle accelerators are worth a sentence from here on. */
    private static final double IDLE_SHARE = 0.01;

    private SearchFindings() {}

    /** {@code halfSecondsPerToken} is the best time on half of the accelerators. */
    static List<Finding> of(
            SearchRequest request, List<Candidate> best, double halfSecondsPerToken) {
        List<Finding> findings = new ArrayList<>();
        if (best.isEmpty()) {
            findings.add(
                    new Finding(
                            Finding.Kind.NOTHING_FITS,
                            "no layout of %d GPUs fits %.1f GiB with a batch of %d to %d sequences; give more GPUs or memory, a larger batch, or a larger context-parallel limit"
                                    .formatted(
                                            request.usableGpus(),
                                            request.step().accelerator().hbmBytes() / (1L << 30),
                                            request.batch().minSequences(),
                                            request.batch().maxSequences())));
            return findings;
        }
        Candidate first = best.getFirst();
        addBatchTooSmall(findings, request, first, halfSecondsPerToken);
        addIdle(findings, request, first);
        if (first.microBatches() < first.layout().pp()) {
            findings.add(
                    new Finding(
                            Finding.Kind.FEWER_MICRO_BATCHES_THAN_STAGES,
                            "%d micro-batches for %d pipeline stages: some stages wait for most of the step"
                                    .formatted(first.microBatches(), first.layout().pp())));
        }
        return findings;
    }

    private static void addBatchTooSmall(
            List<Finding> findings,
            SearchRequest request,
            Candidate first,
            double halfSecondsPerToken) {
        double speedup = halfSecondsPerToken / first.secondsPerToken();
        if (speedup >= WORTHWHILE_SPEEDUP) {
            return;
        }
        findings.add(
                new Finding(
                        Finding.Kind.BATCH_TOO_SMALL,
                        String.format(
                                Locale.ROOT,
                                "batch too small: %d sequences leave %d GPUs only %.0f %% faster than half of them; a larger batch, not more GPUs, would speed this up",
                                first.batchSequences(),
                                request.usableGpus(),
                                100 * (speedup - 1))));
    }

    private static void addIdle(List<Finding> findings, SearchRequest request, Candidate first) {
        long idle = request.usableGpus() - first.gpus();
        if (idle <= IDLE_SHARE * request.usableGpus()) {
            return;
        }
        findings.add(
                new Finding(
                        Finding.Kind.IDLE_GPUS,
                        "%d of %d GPUs stay idle: the best layout uses %d"
                                .formatted(idle, request.usableGpus(), first.gpus())));
        BatchAdvice.of(request, first)
                .ifPresent(
                        advice ->
                                findings.add(
                                        new Finding(Finding.Kind.NEAREST_BATCH, advice.message())));
    }
}
