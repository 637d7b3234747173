package dev.altiplano.planner.emit;

import dev.altiplano.planner.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A batch script that starts one torchrun on each node and starts again after a failure. */
final class SlurmBatch implements Emitter {
    private static final String NETWORK =
            """

            # Choose what the fabric needs:
            # export NCCL_IB_HCA=mlx5
            # export NCCL_SOCKET_IFNAME=eth0
            # export NCCL_DEBUG=WARN
            """;

    @Override
    public List<Problem> limits(EmitInput input) {
        return List.of();
    }

    @Override
    public String body(EmitInput input) {
        return directives(input) + spares(input) + NETWORK + loop(input);
    }

    private static String directives(EmitInput input) {
        EmitInput.Cluster cluster = input.cluster();
        List<String> excluded = cluster.excludedNodes();
        String exclude =
                excluded.isEmpty() ? "" : "#SBATCH --exclude=" + String.join(",", excluded) + "\n";
        return """
        #SBATCH --job-name=%s
        #SBATCH --nodes=%d
        #SBATCH --ntasks-per-node=1
        #SBATCH --gpus-per-node=%d
        #SBATCH --cpus-per-task=%d
        #SBATCH --exclusive
        #SBATCH --time=%s
        #SBATCH --partition=%s
        #SBATCH --requeue
        #SBATCH --open-mode=append
        #SBATCH --signal=B:USR1@300
        #SBATCH --output=%%x-%%j.log
        %s"""
                .formatted(
                        Quote.label(input.training().name()),
                        input.nodes(),
                        cluster.gpusPerNode(),
                        cluster.cpusPerNode(),
                        time(cluster.timeLimit()),
                        cluster.partition(),
                        exclude);
    }

    private static String time(Duration limit) {
        return "%d-%02d:%02d:00"
                .formatted(limit.toDays(), limit.toHoursPart(), limit.toMinutesPart());
    }

    private static String spares(EmitInput input) {
        int spares = input.cluster().spareNodes();
        return spares == 0
                ? ""
                : """

                # Spares: %d nodes in a second, smaller allocation; cancel it to free one:
                # sbatch --partition=%s --nodes=%d --exclusive --job-name=spares --wrap 'sleep infinity'
                """
                        .formatted(spares, input.cluster().partition(), spares);
    }

    private static String loop(EmitInput input) {
        String program =
                input.cluster().program().stream()
                        .map(Quote::shell)
                        .collect(Collectors.joining(" "));
        return """

        set -euo pipefail
        mapfile -t hosts < <(scontrol show hostnames "$SLURM_JOB_NODELIST")
        step=
        requeue() {
          if [[ -n "$step" ]]; then kill -TERM "$step" || true; fi
          scontrol requeue "$SLURM_JOB_ID"
          exit 0
        }
        trap requeue USR1

        restarts_max=%d
        for ((restart = 0; restart <= restarts_max; restart++)); do
          srun --kill-on-bad-exit=1 torchrun --nnodes=%d --nproc_per_node=%d \\
            --rdzv_id="$SLURM_JOB_ID-$restart" --rdzv_backend=c10d \\
            --rdzv_endpoint="${hosts[0]}:29500" %s &
          step=$!
          if wait "$step"; then exit 0; fi
          echo "run failed; restart $((restart + 1)) of $restarts_max" >&2
        done
        exit 1
        """
                .formatted(
                        input.cluster().restartsMax(),
                        input.nodes(),
                        input.cluster().gpusPerNode(),
                        program);
    }
}
