package dev.altiplano.planner.emit;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What every engine needs: whole nodes, a whole batch, and names that are names. */
final class EmitChecks {
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    private static final Pattern PARTITION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");
    private static final Pattern QUEUE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private EmitChecks() {}

    static List<Problem> of(EmitInput input) {
        List<Problem> problems = new ArrayList<>();
        EmitInput.Cluster cluster = input.cluster();
        if (input.layout().gpus() % cluster.gpusPerNode() != 0) {
            problems.add(
                    Problem.of(
                            ErrorCode.E101,
                            "%d GPUs are no whole number of nodes of %d"
                                    .formatted(input.layout().gpus(), cluster.gpusPerNode())));
        }
        long perRound = (long) input.layout().dp() * input.layout().micro();
        if (input.training().batchSequences() % perRound != 0) {
            problems.add(
                    Problem.of(
                            ErrorCode.E102,
                            "batch of %d sequences is not divisible by dp x micro = %d"
                                    .formatted(input.training().batchSequences(), perRound)));
        }
        name(problems, "partition", cluster.partition(), PARTITION);
        name(problems, "queue", cluster.queue(), QUEUE);
        cluster.excludedNodes().forEach(host -> name(problems, "excluded node", host, HOST));
        return problems;
    }

    private static void name(List<Problem> problems, String what, String name, Pattern form) {
        if (!form.matcher(name).matches()) {
            problems.add(
                    Problem.of(ErrorCode.E005, what + " " + Quote.string(name) + " is no name")
                            .allowing(form.pattern()));
        }
    }
}
