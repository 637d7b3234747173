package dev.altiplano.planner.step;

import dev.altiplano.planner.quantity.Checks;

/**
 * How one model is spread over accelerators. Order of the dimensions from inside: TP, CP, EP, PP,
 * DP. Experts live on the same ranks: expert parallelism divides {@code dp x cp x tp}.
 *
 * @param tp tensor parallel, with sequence parallelism
 * @param cp context parallel
 * @param pp pipeline stages
 * @param ep expert parallel, 1 in a dense model
 * @param expertTp tensor parallel inside an expert: 1 or {@code tp}
 * @param dp data parallel
 * @param virtualStages v, stages of a rank when interleaved
 * @param micro sequences of one micro-batch, b
 * @param sharding ZeRO stage
 * @param shardGroup ranks that share the states; {@code dp x cp} for all, less for HSDP
 */
public record Layout(
        int tp,
        int cp,
        int pp,
        int ep,
        int expertTp,
        int dp,
        int virtualStages,
        int micro,
        DataSharding sharding,
        int shardGroup,
        Recompute recompute,
        Schedule schedule) {
    public static final long GPUS_MAX = 10_000_000;

    public Layout {
        for (int degree : new int[] {tp, cp, pp, ep, expertTp, dp, virtualStages, micro}) {
            Checks.range("degree of a layout", degree, 1, 10_000_000);
        }
        Checks.range("sharding group", shardGroup, 1, 100_000_000);
        double product = (double) tp * cp * pp * dp;
        if (product > GPUS_MAX) {
            throw new IllegalArgumentException(
                    "tp %d x cp %d x pp %d x dp %d is above %d accelerators"
                            .formatted(tp, cp, pp, dp, GPUS_MAX));
        }
    }

    /** A dense layout whose states are sharded over all data-parallel ranks. */
    public static Layout dense(int tp, int cp, int pp, int dp, int virtualStages, int micro) {
        return new Layout(
                tp,
                cp,
                pp,
                1,
                1,
                dp,
                virtualStages,
                micro,
                DataSharding.ZERO_1,
                Math.multiplyExact(dp, cp),
                Recompute.NONE,
                virtualStages > 1 ? Schedule.INTERLEAVED : Schedule.ONE_F_ONE_B);
    }

    public Layout with(Recompute other) {
        return new Layout(
                tp,
                cp,
                pp,
                ep,
                expertTp,
                dp,
                virtualStages,
                micro,
                sharding,
                shardGroup,
                other,
                schedule);
    }

    public Layout with(DataSharding other) {
        return new Layout(
                tp,
                cp,
                pp,
                ep,
                expertTp,
                dp,
                virtualStages,
                micro,
                other,
                shardGroup,
                recompute,
                schedule);
    }

    public Layout withShardGroup(int ranks) {
        return new Layout(
                tp,
                cp,
                pp,
                ep,
                expertTp,
                dp,
                virtualStages,
                micro,
                sharding,
                ranks,
                recompute,
                schedule);
    }

    public Layout withPp(int stages) {
        return new Layout(
                tp,
                cp,
                stages,
                ep,
                expertTp,
                dp,
                virtualStages,
                micro,
                sharding,
                shardGroup,
                recompute,
                schedule);
    }

    public Layout with(Schedule other) {
        return new Layout(
                tp,
                cp,
                pp,
                ep,
                expertTp,
                dp,
                virtualStages,
                micro,
                sharding,
                shardGroup,
                recompute,
                other);
    }

    /** The same ranks, run otherwise. */
    public Layout with(int stagesOfRank, Recompute again, Schedule other) {
        return new Layout(
                tp,
                cp,
                pp,
                ep,
                expertTp,
                dp,
                stagesOfRank,
                micro,
                sharding,
                shardGroup,
                again,
                other);
    }

    public Layout withExperts(int expertParallel, int expertTensorParallel) {
        return new Layout(
                tp,
                cp,
                pp,
                expertParallel,
                expertTensorParallel,
                dp,
                virtualStages,
                micro,
                sharding,
                shardGroup,
                recompute,
                schedule);
    }

    /** Accelerators of the layout. */
    public long gpus() {
        return (long) tp * cp * pp * dp;
    }

    /** Ranks that hold the same dense parameters. */
    public int denseReplicas() {
        return dp * cp;
    }

    /** Ranks that hold the same experts. */
    public int expertReplicas() {
        return Math.max(1, (int) ((long) dp * cp * tp / ((long) ep * expertTp)));
    }

    /** Ranks that share one expert's states: the sharding group, seen by the experts. */
    public int expertShardGroup() {
        return Math.max(1, (int) ((double) expertReplicas() * shardGroup / denseReplicas()));
    }

    /** Micro-batches of one step and pipeline, rounded down; 0 if the batch is too small. */
    public long microBatches(long batchSequences) {
        return batchSequences / ((long) dp * micro);
    }
}
