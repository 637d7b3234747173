package dev.altiplano.bench.peers;

import dev.altiplano.compute.ModelFormatException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Runs engines in turn, one repetition of each, round after round: a slow minute of the machine
 * hits all of them. Each round begins with the next engine, so that none always follows the same
 * other one.
 */
final class Race {
    private final Plan plan;
    private final PrintWriter progress;
    private final Results results = new Results();

    Race(Plan plan, PrintWriter progress) {
        this.plan = plan;
        this.progress = progress;
    }

    Results run() throws InterruptedException {
        for (Subject subject : plan.subjects()) {
            for (int round = 0; round < plan.rounds(); round++) {
                for (int threads : plan.threads()) {
                    for (Contender contender : order(round)) {
                        run(subject, threads, contender, round);
                    }
                }
            }
        }
        return results;
    }

    private List<Contender> order(int round) {
        List<Contender> order = new ArrayList<>(plan.contenders());
        Collections.rotate(order, -round);
        return order;
    }

    /** An engine that has failed is not asked again: it would cost every round its time. */
    private void run(Subject subject, int threads, Contender contender, int round)
            throws InterruptedException {
        Optional<List<String>> command = contender.command(subject, threads, plan.lengths());
        if (command.isEmpty() || results.hasFailed(subject, threads, contender.name())) {
            return;
        }
        try {
            String printed = Child.run(command.get(), plan.timeout());
            List<Sample> samples = Sample.parse(contender.name(), printed);
            results.add(subject, threads, contender.name(), round, samples);
            tell(subject, threads, contender, round, describe(samples));
        } catch (Child.FailedException | ModelFormatException failure) {
            String message = String.valueOf(failure.getMessage());
            results.fail(new Results.Failure(subject, threads, contender.name(), message));
            tell(subject, threads, contender, round, "failed: " + message);
        }
    }

    private static String describe(List<Sample> samples) {
        return samples.stream()
                .map(
                        sample ->
                                String.format(
                                        Locale.ROOT,
                                        "%s %.1f tokens/s",
                                        sample.workload(),
                                        sample.tokensPerSecond()))
                .collect(Collectors.joining(", "));
    }

    private void tell(
            Subject subject, int threads, Contender contender, int round, String outcome) {
        progress.printf(
                "%s, %d threads, round %d of %d, %s: %s%n",
                subject.name(), threads, round + 1, plan.rounds(), contender.name(), outcome);
        progress.flush();
    }
}
