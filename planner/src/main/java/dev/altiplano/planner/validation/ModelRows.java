package dev.altiplano.planner.validation;

import dev.altiplano.planner.reliability.CheckpointInterval;
import dev.altiplano.planner.reliability.EffectiveTime;
import dev.altiplano.planner.step.AcceleratorSpec;
import dev.altiplano.planner.step.ActivationForm;
import dev.altiplano.planner.step.AttentionPattern;
import dev.altiplano.planner.step.DataSharding;
import dev.altiplano.planner.step.FabricSpec;
import dev.altiplano.planner.step.Layout;
import dev.altiplano.planner.step.MemoryEstimate;
import dev.altiplano.planner.step.MemoryModel;
import dev.altiplano.planner.step.ModelShape;
import dev.altiplano.planner.step.MoeShape;
import dev.altiplano.planner.step.Overlap;
import dev.altiplano.planner.step.Precision;
import dev.altiplano.planner.step.Recompute;
import dev.altiplano.planner.step.StepConstants;
import dev.altiplano.planner.step.StepModel;
import dev.altiplano.planner.step.Stragglers;
import dev.altiplano.planner.step.TrainingSpec;
import java.util.Locale;

/** The rows of the case file that need a whole model, computed by our models. */
final class ModelRows {
    /** The notes do not say how many; enough to fill each of their pipelines. */
    private static final long MICRO_BATCHES = 16;

    private ModelRows() {}

    /** Seconds of one step. */
    static double stepSeconds(CaseFile file, CaseFile.Row row) {
        Inputs in = row.inputs();
        Inputs machine = file.hardware(row.hardware());
        double peak = machine.number("peak_flops");
        AcceleratorSpec accelerator =
                new AcceleratorSpec(
                        peak,
                        peak,
                        80 * MemoryEstimate.GIB,
                        machine.number("hbm_bytes_s"),
                        2 * machine.number("nvlink_bytes_s_per_direction"),
                        700,
                        1);
        TrainingSpec training =
                TrainingSpec.of(in.whole("seq"))
                        .with(ActivationForm.LEAN, in.flag("flash", true))
                        .with(new Overlap(in.number("x_tp"), 1, 1, in.number("x_dp")));
        StepModel model =
                new StepModel(
                        shape(in),
                        accelerator,
                        FabricSpec.flat("node", 8, machine.number("nic_bytes_s")),
                        training,
                        StepConstants.FITTED,
                        Stragglers.NONE);
        Recompute recompute =
                Recompute.valueOf(in.text("recompute", "none").toUpperCase(Locale.ROOT));
        DataSharding sharding = in.flag("zero3", false) ? DataSharding.ZERO_3 : DataSharding.ZERO_1;
        Layout layout = layout(in, in.whole("D")).with(recompute).with(sharding);
        return model.step(layout, in.whole("m")).seconds();
    }

    /**
     * GiB of the fullest rank, torchtitan's way: fp32 weights sharded, held under a pipeline,
     * layers recomputed.
     */
    static double memoryGib(CaseFile.Row row) {
        Inputs in = row.inputs();
        TrainingSpec training = TrainingSpec.of(in.whole("seq")).with(Precision.FP32_WEIGHTS);
        DataSharding sharding =
                in.flag("held", true) ? DataSharding.FSDP_HELD : DataSharding.ZERO_3;
        int replicas = in.whole("dp") / in.whole("c", 1);
        Layout layout = layout(in, replicas).with(sharding).with(Recompute.FULL);
        return new MemoryModel(shape(in), training).estimate(layout, MICRO_BATCHES).likelyBytes()
                / MemoryEstimate.GIB;
    }

    /** GiB by which sharded states shrink when the group grows. */
    static double shardedStateGib(CaseFile.Row row) {
        Inputs in = row.inputs();
        double bytes = in.number("n") * in.number("bytes_per_param") / MemoryEstimate.GIB;
        return bytes / in.number("from_group") - bytes / in.number("to_group");
    }

    /** Effective share at Young's interval in first order. */
    static double firstOrder(CaseFile.Row row) {
        return effective(row, true).firstOrder();
    }

    /** Effective share at Daly's interval in the exact form. */
    static double exact(CaseFile.Row row) {
        return effective(row, false).exact();
    }

    static double interval(CaseFile.Row row) {
        return CheckpointInterval.dalySeconds(row.inputs().number("w"), row.inputs().number("m"));
    }

    private static EffectiveTime effective(CaseFile.Row row, boolean young) {
        Inputs in = row.inputs();
        double m = in.number("m");
        double u0 = in.number("u0");
        double w = in.number("w");
        return young
                ? EffectiveTime.atYoungInterval(m, u0, w)
                : EffectiveTime.atDalyInterval(m, u0, w);
    }

    private static Layout layout(Inputs in, int dp) {
        return Layout.dense(
                in.whole("t"),
                in.whole("c", 1),
                in.whole("p"),
                dp,
                in.whole("v", 1),
                in.whole("micro"));
    }

    private static ModelShape shape(Inputs in) {
        boolean gated = in.flag("glu", true);
        int heads = in.whole("heads");
        return new ModelShape(
                in.whole("layers"),
                in.whole("d"),
                in.whole("f"),
                heads,
                in.whole("kv"),
                in.whole("dh", in.whole("d") / heads),
                in.whole("vocab"),
                !gated,
                gated ? 3 : 2,
                MoeShape.NONE,
                AttentionPattern.FULL,
                0);
    }
}
