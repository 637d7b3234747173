package dev.altiplano.planner.emit;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.step.Layout;
import dev.altiplano.planner.step.Recompute;
import java.util.List;

/** A configuration function for torchtitan's main branch, which no longer reads TOML. */
final class TorchtitanPython implements Emitter {
    @Override
    public List<Problem> limits(EmitInput input) {
        boolean llama4 =
                Torchtitan.flavor(input).filter(f -> f.family().equals("llama4")).isPresent();
        if (llama4) {
            return List.of(
                    Problem.of(
                                    ErrorCode.E501,
                                    "engine torchtitan-py has no model llama4 (removed June 2026)")
                            .hinting("use torchtitan-toml v0.2.2"));
        }
        return Torchtitan.limits(input, Engine.TORCHTITAN_PY);
    }

    @Override
    public String body(EmitInput input) {
        Torchtitan.Flavor flavor = Torchtitan.knownFlavor(input);
        return Header.sharding(input)
                + """
                # Not planned: set the optimizer, the learning rate and the data set.
                # The branch moves: check the import paths against your checkout.
                from torchtitan.components.checkpointer import CheckpointManager
                from torchtitan.components.data import (
                    ConcatThenSplitPackingConfig,
                    GrainDataLoader,
                )
                from torchtitan.components.loss import ChunkedLossWrapper, CrossEntropyLoss
                from torchtitan.config import ParallelismConfig, TrainingConfig
                """
                + checkpointingImport(input.layout().recompute())
                + """
                from torchtitan.hf_datasets.text_datasets import DATASETS
                from torchtitan.models.common.config_utils import decoder_vocab_size
                from torchtitan.models.llama3 import model_registry
                from torchtitan.trainer import Trainer


                def planned() -> Trainer.Config:
                    model_spec = model_registry("%s")
                    return Trainer.Config(
                        loss=ChunkedLossWrapper.Config(
                            loss_fn=CrossEntropyLoss.Config(
                                global_vocab_size=decoder_vocab_size(model_spec),
                            ),
                        ),
                        hf_assets_path="%s",
                        model_spec=model_spec,
                        dataloader=GrainDataLoader.Config(
                            dataset=ConcatThenSplitPackingConfig(dataset=DATASETS["c4"]),
                        ),
                %s%s        checkpoint=CheckpointManager.Config(interval=%d, async_mode="async"),
                        activation_checkpoint=%s,
                    )
                """
                        .formatted(
                                flavor.name(),
                                flavor.assets(),
                                training(input),
                                parallelism(input),
                                input.training().checkpointSteps(),
                                checkpointing(input.layout().recompute()));
    }

    private static String training(EmitInput input) {
        long sequence = input.training().sequenceTokens();
        return """
                training=TrainingConfig(
                    num_tokens_per_microbatch_per_dp_rank=%d,
                    num_tokens_per_train_step=%d,
                    max_context_length=%d,
                    steps=%d,
                ),
        """
                .formatted(
                        Math.multiplyExact(input.layout().micro(), sequence),
                        Math.multiplyExact(input.training().batchSequences(), sequence),
                        sequence,
                        input.training().steps());
    }

    private static String parallelism(EmitInput input) {
        Layout layout = input.layout();
        return """
                parallelism=ParallelismConfig(
                    data_parallel_replicate_degree=%d,
                    data_parallel_shard_degree=%d,
                    fsdp_reshard_after_forward="%s",
                    tensor_parallel_degree=%d,
                    context_parallel_degree=%d,
                    pipeline_parallel_degree=%d,
                    expert_parallel_degree=%d,
        %s        ),
        """
                .formatted(
                        Torchtitan.replicateDegree(layout),
                        Torchtitan.shardDegree(layout),
                        Torchtitan.reshard(layout),
                        layout.tp(),
                        layout.cp(),
                        layout.pp(),
                        layout.ep(),
                        layout.pp() > 1 ? pipeline(input) : "");
    }

    private static String pipeline(EmitInput input) {
        return """
                    pipeline_parallel_schedule="%s",
                    pipeline_parallel_layers_per_stage=%d,
                    num_pp_microbatches=%d,
        """
                .formatted(
                        Torchtitan.schedule(input.layout()),
                        Torchtitan.layersPerStage(input),
                        input.layout().microBatches(input.training().batchSequences()));
    }

    private static String checkpointing(Recompute recompute) {
        return switch (recompute) {
            case NONE -> "None";
            case SELECTIVE -> "SelectiveAC.Config()";
            case FULL -> "FullAC.Config()";
        };
    }

    private static String checkpointingImport(Recompute recompute) {
        return recompute == Recompute.NONE
                ? ""
                : """
                from torchtitan.distributed.activation_checkpoint import %s
                """
                        .formatted(recompute == Recompute.FULL ? "FullAC" : "SelectiveAC");
    }
}
