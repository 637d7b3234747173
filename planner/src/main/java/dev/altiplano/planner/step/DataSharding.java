package dev.altiplano.planner.step;

/**
 * How the data-parallel ranks share the states. For ZeRO-1 to 3 the group is the layout's sharding
 * group; smaller than all data-parallel ranks it is HSDP: shards inside, copies outside.
 */
public enum DataSharding {
    /** DDP: every rank holds everything. */
    ZERO_0,
    /** Optimizer states are divided. */
    ZERO_1,
    /** Gradients too, reduced after each micro-batch. */
    ZERO_2,
    /** Weights too, gathered for each pass of each micro-batch. */
    ZERO_3,
    /**
     * FSDP under a pipeline without resharding (Llama 3, torchtitan's default): weights are
     * gathered once a step, gradients stay unreduced until the last micro-batch.
     */
    FSDP_HELD
}
