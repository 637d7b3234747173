package dev.altiplano.compute.machine;

import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.compute.x86.Vec;
import java.util.List;

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

    /** Bytes of a block of one row. */
    default int blockBytes() {
        return format().blockBytes();
    }

    /** Whether {@link #bytes} costs so much that many tokens had better share it. */
    boolean isWorthExpanding();

    /** How many groups' products a 16-bit sum holds, two products in each lane. */
    int groupsIn16Bits();

    /** Groups that share a scale: those of 16 or of 32 inputs. */
    int groupsPerScale();

    /** See {@link BlockCode#sections}; a group is numbered within its section. */
    default int sections() {
        return 1;
    }

    /** See {@link BlockCode#masks}. */
    default List<Integer> masks() {
        return List.of();
    }

    /** Vectors of stack frame that {@link #begin} fills, for each panel. */
    default int tableVectors() {
        return 0;
    }

    /** Emits what is done once for each block. */
    default void begin(ProductCode product) {}

    /** Emits what is done after each section. */
    default void endSection(ProductCode product) {}

    /** Whether {@link #bytes} gives signed numbers. */
    default boolean isSigned(InstructionSet isa) {
        return false;
    }

    /**
     * Emits: {@code target} = the four weights of a group, a byte each. May use {@code free}, too.
     */
    void bytes(ProductCode product, int panel, int group, Vec target, Vec free);

    /**
     * Emits: {@code target} = the scale of a group, one float for each row. May use {@code free},
     * too.
     */
    void scale(ProductCode product, int panel, int group, Vec target, Vec free);

    /**
     * Emits: {@code target} = what each weight of the group is too large by, one float for each
     * row. False if there is nothing to take off. May use {@code free}, too.
     */
    boolean offset(ProductCode product, int panel, int group, Vec scale, Vec target, Vec free);
}
