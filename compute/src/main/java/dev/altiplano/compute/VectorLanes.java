package dev.altiplano.compute;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.B2I;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2I;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_S2I;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The width of vector that all vector kernels use, and what is common to them. Between 4 and {@link
 * #LANES_MAX} lanes of f32: a block of the KV cache and half a block of weights are whole vectors.
 */
final class VectorLanes {
    static final int LANES_MAX = 16;

    static final VectorSpecies<Float> FLOATS =
            FloatVector.SPECIES_PREFERRED.length() > LANES_MAX
                    ? FloatVector.SPECIES_512
                    : FloatVector.SPECIES_PREFERRED;

    static final int LANES = FLOATS.length();
    static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());

    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, LANES * 16)));
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, LANES * 8)));
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final IntVector EIGHT_TIMES_LANE =
            IntVector.zero(INTS).addIndex(8).lanewise(AND, 31);

    private static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(FLOATS, 8, 1, true);
    private static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(FLOATS, 4, 1, true);
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(FLOATS, 2, 1, true);
    private static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(FLOATS, 1, 1, true);

    private VectorLanes() {}

    /** LANES unsigned bytes. */
    static IntVector unsignedBytes(MemorySegment bytes, long offset) {
        if (LANES == 4) { // there is no vector of four bytes
            return IntVector.broadcast(INTS, bytes.get(INT, offset))
                    .lanewise(LSHR, EIGHT_TIMES_LANE)
                    .lanewise(AND, 0xFF);
        }
        return (IntVector)
                ByteVector.fromMemorySegment(BYTES, bytes, offset, ByteOrder.LITTLE_ENDIAN)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
    }

    /** LANES signed bytes. */
    static IntVector signedBytes(MemorySegment bytes, long offset) {
        if (LANES == 4) {
            return unsignedBytes(bytes, offset).lanewise(LSHL, 24).lanewise(ASHR, 24);
        }
        return (IntVector)
                ByteVector.fromMemorySegment(BYTES, bytes, offset, ByteOrder.LITTLE_ENDIAN)
                        .convertShape(B2I, INTS, 0);
    }

    /** LANES unsigned 16-bit numbers. */
    static IntVector unsignedShorts(MemorySegment bytes, long offset) {
        return (IntVector)
                ShortVector.fromMemorySegment(SHORTS, bytes, offset, ByteOrder.LITTLE_ENDIAN)
                        .convertShape(ZERO_EXTEND_S2I, INTS, 0);
    }

    /**
     * The sum of all lanes: the upper half is added to the lower, until one is left. {@code
     * reduceLanes} would leave the order, and so the last bits, to the compiler of the moment.
     */
    static float fold(FloatVector sums) {
        FloatVector folded = sums;
        if (LANES >= 16) {
            folded = folded.add(folded.rearrange(BY_8));
        }
        if (LANES >= 8) {
            folded = folded.add(folded.rearrange(BY_4));
        }
        folded = folded.add(folded.rearrange(BY_2));
        folded = folded.add(folded.rearrange(BY_1));
        return folded.lane(0);
    }
}
