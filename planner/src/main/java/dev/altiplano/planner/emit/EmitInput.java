package dev.altiplano.planner.emit;

import dev.altiplano.planner.catalog.Model;
import dev.altiplano.planner.quantity.Checks;
import dev.altiplano.planner.step.Layout;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/** What the emitters write: one model in one layout on one cluster. */
public record EmitInput(
        Model model, Layout layout, Training training, Cluster cluster, Origin origin) {

    /**
     * What is trained.
     *
     * @param name what people call the job; free text
     * @param batchSequences sequences of one step over all replicas
     * @param stepSeconds expected time of one step
     */
    public record Training(
            String name,
            long sequenceTokens,
            long batchSequences,
            long steps,
            double checkpointIntervalSeconds,
            double stepSeconds) {
        public Training {
            Checks.range("sequence", sequenceTokens, 1, 1L << 40);
            Checks.range("sequences of a batch", batchSequences, 1, 1L << 40);
            Checks.range("steps", steps, 1, 1L << 50);
            Checks.positive("checkpoint interval", checkpointIntervalSeconds);
            Checks.positive("time of a step", stepSeconds);
        }

        /** Steps between two checkpoints, at least one and at most the run. */
        long checkpointSteps() {
            long rounded = Math.round(checkpointIntervalSeconds / stepSeconds);
            return Math.clamp(rounded, 1, steps);
        }
    }

    /**
     * Where it runs.
     *
     * @param partition of Slurm
     * @param queue of Kueue, in the job's namespace
     * @param image container image with the engine and its configuration
     * @param rackNodes nodes of one rack
     * @param excludedNodes host names that must not be used
     * @param spareNodes nodes held ready beside the job
     * @param restartsMax restarts after a failure before the job gives up
     * @param program what torchrun starts, such as {@code -m torchtitan.train}
     */
    public record Cluster(
            int gpusPerNode,
            int cpusPerNode,
            int rackNodes,
            Duration timeLimit,
            String partition,
            String queue,
            String image,
            List<String> excludedNodes,
            int spareNodes,
            int restartsMax,
            List<String> program) {
        public Cluster {
            Checks.range("GPUs of a node", gpusPerNode, 1, 1_024);
            Checks.range("CPUs of a node", cpusPerNode, 1, 65_536);
            Checks.range("nodes of a rack", rackNodes, 1, 65_536);
            Checks.range("minutes of the job", timeLimit.toMinutes(), 1, 10_000_000);
            Checks.range("spare nodes", spareNodes, 0, Layout.GPUS_MAX);
            Checks.range("restarts", restartsMax, 0, 1_000_000);
            excludedNodes = List.copyOf(excludedNodes);
            program = List.copyOf(program);
        }
    }

    /** Where the plan came from: its hash, its day, and each default that it used. */
    public record Origin(String planHash, LocalDate date, List<String> defaults) {
        public Origin {
            defaults = List.copyOf(defaults);
        }
    }

    long nodes() {
        return layout.gpus() / cluster.gpusPerNode();
    }
}
