package dev.altiplano.compute.machine;

import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.compute.x86.Vec;

/**
 * How a quantised format becomes whole numbers, scales and offsets: all that differs between
 * formats. A group is four neighbouring inputs of the block.
 */
interface WeightCode {
    TensorFormat format();

    /** Inputs of a block. */
    default int inputs() {
        return format().blockWeights();
    }

    /** The bit mask that {@link QuantBlockCode#mask} holds. */
    int mask();

    /** Groups that share a scale: those of 16 or of 32 inputs. */
    int groupsPerScale();

    /** Vectors of stack frame that {@link #table} fills, for each panel. */
    default int tableVectors() {
        return 0;
    }

    /** Emits what is done once for each block. */
    default void table(ProductCode product) {}

    /**
     * Emits: {@code even} = weights 0 and 2 of a group in 16 bits each, {@code odd} = weights 1 and
     * 3. May use {@link QuantBlockCode#temporary}.
     */
    void pairs(ProductCode product, int panel, int group, Vec even, Vec odd);

    /** Emits: {@code target} = the scale of a group, one float for each row. */
    void scale(ProductCode product, int panel, int group, Vec target);

    /**
     * Emits: {@code target} = what each weight of the group is too large by, one float for each
     * row. False if there is nothing to take off.
     */
    boolean offset(ProductCode product, int panel, int group, Vec scale, Vec target);
}
