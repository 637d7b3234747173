package dev.altiplano.planner.simulation;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * One input with many seeds. Sample 0 has the input's own seed, so a single run can be looked at in
 * full; sample i has a seed that follows from both. The result does not depend on the threads.
 */
public final class SampleRunner {
    /** The most samples that are taken at once. */
    public static final int SAMPLES_MAX = 100_000;

    private final int threads;

    /** With {@code threads} platform threads, one or more. */
    public SampleRunner(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + ", expected 1 or more");
        }
        this.threads = threads;
    }

    /**
     * Runs {@code samples} runs.
     *
     * @throws CancellationException soon after {@code isCancelled} says so
     */
    public SampleSummary run(RunInput input, int samples, BooleanSupplier isCancelled) {
        if (samples < 1 || samples > SAMPLES_MAX) {
            throw new PlannerException(
                    ErrorCode.E401, "samples %d: expected 1 to %d".formatted(samples, SAMPLES_MAX));
        }
        List<Callable<RunResult>> tasks = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            RunInput sample = input.withSeed(RandomStream.sampleSeed(input.seed(), i));
            tasks.add(() -> RunSimulation.run(sample, isCancelled));
        }
        ExecutorService team = Executors.newFixedThreadPool(Math.min(threads, samples));
        try {
            return new SampleSummary(inOrder(team.invokeAll(tasks)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("simulation interrupted");
        } finally {
            team.shutdownNow();
        }
    }

    private static List<RunResult> inOrder(List<Future<RunResult>> futures)
            throws InterruptedException {
        List<RunResult> runs = new ArrayList<>();
        for (Future<RunResult> future : futures) {
            try {
                runs.add(future.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException refusal) {
                    throw refusal;
                }
                throw new IllegalStateException("a sample failed", e.getCause());
            }
        }
        return runs;
    }
}
