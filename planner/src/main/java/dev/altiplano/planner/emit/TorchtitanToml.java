package dev.altiplano.planner.emit;

import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.step.Layout;
import java.util.List;
import java.util.Locale;

/** A job file of torchtitan v0.2.2, the last release that reads TOML. */
final class TorchtitanToml implements Emitter {
    @Override
    public List<Problem> limits(EmitInput input) {
        return Torchtitan.limits(input, Engine.TORCHTITAN_TOML);
    }

    @Override
    public String body(EmitInput input) {
        return notes(input) + model(input) + training(input) + parallelism(input) + states(input);
    }

    private static String notes(EmitInput input) {
        String llama4 =
                """
                # This llama4 is not the published architecture: no rotary position on layers 0, 4, 8
                # instead of every fourth from 3, no query/key norm, no temperature, and the router
                # bias is dropped at export. Train with accelerate and transformers where the weights
                # must match the published ones.
                """;
        boolean isLlama4 = Torchtitan.knownFlavor(input).family().equals("llama4");
        return Header.sharding(input)
                + (isLlama4 ? llama4 : "")
                + """
                # Not planned, engine's defaults: learning rate and its schedule. Choose the data set.
                """;
    }

    private static String model(EmitInput input) {
        Torchtitan.Flavor flavor = Torchtitan.knownFlavor(input);
        return """

        [job]
        dump_folder = "./outputs"
        description = %s

        [model]
        name = "%s"
        flavor = "%s"
        hf_assets_path = "%s"

        [optimizer]
        name = "AdamW"
        """
                .formatted(
                        Quote.string(input.training().name()),
                        flavor.family(),
                        flavor.name(),
                        flavor.assets());
    }

    private static String training(EmitInput input) {
        Layout layout = input.layout();
        long batch = input.training().batchSequences();
        long local = layout.pp() > 1 ? batch / layout.dp() : layout.micro();
        return """

        [training]
        dataset = "c4"
        local_batch_size = %d
        global_batch_size = %d
        seq_len = %d
        steps = %d
        mixed_precision_param = "bfloat16"
        mixed_precision_reduce = "float32"
        """
                .formatted(
                        local, batch, input.training().sequenceTokens(), input.training().steps());
    }

    private static String parallelism(EmitInput input) {
        Layout layout = input.layout();
        return """

        [parallelism]
        data_parallel_replicate_degree = %d
        data_parallel_shard_degree = %d
        fsdp_reshard_after_forward = "%s"
        tensor_parallel_degree = %d
        context_parallel_degree = %d
        pipeline_parallel_degree = %d
        expert_parallel_degree = %d
        expert_tensor_parallel_degree = %d
        """
                        .formatted(
                                Torchtitan.replicateDegree(layout),
                                Torchtitan.shardDegree(layout),
                                Torchtitan.reshard(layout),
                                layout.tp(),
                                layout.cp(),
                                layout.pp(),
                                layout.ep(),
                                layout.expertTp())
                + (layout.pp() > 1 ? pipeline(input) : "");
    }

    private static String pipeline(EmitInput input) {
        return """
        pipeline_parallel_schedule = "%s"
        pipeline_parallel_microbatch_size = %d
        pipeline_parallel_layers_per_stage = %d
        """
                .formatted(
                        Torchtitan.schedule(input.layout()),
                        input.layout().micro(),
                        Torchtitan.layersPerStage(input));
    }

    private static String states(EmitInput input) {
        return """

        [checkpoint]
        enable = true
        folder = "checkpoint"
        interval = %d
        async_mode = "async"

        [activation_checkpoint]
        mode = "%s"
        selective_ac_option = "op"
        """
                .formatted(
                        input.training().checkpointSteps(),
                        input.layout().recompute().name().toLowerCase(Locale.ROOT));
    }
}
