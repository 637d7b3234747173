package dev.altiplano.model.convert;

import dev.altiplano.compute.Shape;
import dev.altiplano.compute.quant.TensorFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which format each tensor of a quantised model gets. Vectors, norms and routers are small and
 * matter much: they stay as they are. The output matrix, and in the mixes the value and down
 * projections of some layers, get more bits. Where the columns are not whole blocks of 256, the
 * nearest format with blocks of 32 stands in.
 *
 * <p>Source of the rules: llama.cpp, {@code llama_tensor_get_type} and {@code
 * llama_model_quantize_impl}, without an importance matrix.
 */
final class TensorMix {
    private static final Pattern LAYER = Pattern.compile("blk\\.(\\d{1,9})\\..*");

    private final FileType type;
    private final TensorFormat usual;
    private final ModelFacts facts;

    /**
     * @param note why it is not the format that the name of the type promises; empty if it is
     */
    record Choice(TensorFormat format, String note) {}

    TensorMix(FileType type, ModelFacts facts) {
        this.type = type;
        this.usual = type.format();
        this.facts = facts;
    }

    /** {@code present} is the format that the tensor {@code name} has in the input. */
    Choice choose(String name, Shape shape, TensorFormat present) {
        if (!isQuantised(name, shape)) {
            return new Choice(present, "");
        }
        TensorFormat wanted = usual.blockWeights() == 1 ? usual : wanted(name, shape);
        TensorFormat fitting = fitting(wanted, shape.columns());
        return fitting == wanted
                ? new Choice(wanted, "")
                : new Choice(
                        fitting,
                        "%s needs columns in steps of %d".formatted(wanted, wanted.blockWeights()));
    }

    private static boolean isQuantised(String name, Shape shape) {
        return name.endsWith("weight")
                && shape.rows() > 1
                && !name.endsWith("_norm.weight")
                && !name.contains("ffn_gate_inp.weight")
                && !name.equals("position_embd.weight")
                && !name.equals("token_types.weight");
    }

    private TensorFormat wanted(String name, Shape shape) {
        boolean isEmbedding = name.equals("token_embd.weight");
        if (name.equals("output.weight") || (facts.isTied() && isEmbedding)) {
            return output(shape.columns());
        }
        if (type == FileType.MXFP4_MOE) {
            return shape.rank() > 2 ? TensorFormat.MXFP4 : TensorFormat.Q8_0;
        }
        if (isEmbedding) {
            boolean isTernary = type == FileType.TQ1_0 || type == FileType.TQ2_0;
            return isTernary ? TensorFormat.Q4_K : usual;
        }
        if (name.contains("attn_v.weight")) {
            return value(layer(name));
        }
        if (name.contains("attn_k.weight")) {
            return facts.expertCount() == 8 ? TensorFormat.Q8_0 : usual;
        }
        if (name.contains("attn_output.weight")) {
            return facts.expertCount() == 8 && usual == TensorFormat.Q4_K
                    ? TensorFormat.Q5_K
                    : usual;
        }
        if (name.contains("attn_qkv.weight")) {
            return fused();
        }
        return name.contains("ffn_down") ? down(layer(name)) : usual;
    }

    private TensorFormat output(long columns) {
        boolean needsNoMore = usual == TensorFormat.Q8_0 || type == FileType.MXFP4_MOE;
        return needsNoMore || columns % usual.blockWeights() != 0
                ? TensorFormat.Q8_0
                : TensorFormat.Q6_K;
    }

    private TensorFormat value(long layer) {
        if (facts.expertCount() == 8) {
            return TensorFormat.Q8_0;
        }
        TensorFormat format =
                switch (type) {
                    case Q4_K_M, Q5_K_M -> getsMoreBits(layer) ? TensorFormat.Q6_K : usual;
                    case Q4_K_S -> layer < 4 ? TensorFormat.Q5_K : usual;
                    default -> usual;
                };
        return facts.sharesValues() && format == TensorFormat.Q4_K ? TensorFormat.Q5_K : format;
    }

    private TensorFormat down(long layer) {
        return switch (type) {
            case Q4_K_M, Q5_K_M -> getsMoreBits(layer) ? TensorFormat.Q6_K : usual;
            case Q4_K_S -> layer < facts.layerCount() / 8 ? TensorFormat.Q5_K : usual;
            default -> usual;
        };
    }

    private TensorFormat fused() {
        return switch (type) {
            case Q4_K_M -> TensorFormat.Q5_K;
            case Q5_K_M -> TensorFormat.Q6_K;
            default -> usual;
        };
    }

    /** The first and the last eighth of the layers, and of the others every third. */
    private boolean getsMoreBits(long layer) {
        long eighth = facts.layerCount() / 8;
        return layer < eighth || layer >= 7 * facts.layerCount() / 8 || (layer - eighth) % 3 == 2;
    }

    private static long layer(String name) {
        Matcher matcher = LAYER.matcher(name);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private static TensorFormat fitting(TensorFormat wanted, long columns) {
        if (columns % wanted.blockWeights() == 0) {
            return wanted;
        }
        TensorFormat smaller =
                switch (wanted) {
                    case Q4_K -> TensorFormat.Q5_0;
                    case Q5_K -> TensorFormat.Q5_1;
                    case Q6_K -> TensorFormat.Q8_0;
                    case TQ1_0, TQ2_0 -> TensorFormat.Q4_0;
                    default -> TensorFormat.F16;
                };
        return columns % smaller.blockWeights() == 0 ? smaller : TensorFormat.F16;
    }
}
