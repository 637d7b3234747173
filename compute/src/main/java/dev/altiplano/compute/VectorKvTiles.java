package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.FLOATS;
import static dev.altiplano.compute.VectorLanes.LANES;
import static dev.altiplano.compute.VectorLanes.signedBytes;
import static jdk.incubator.vector.VectorOperators.I2F;

import dev.altiplano.compute.quant.KvTile;
import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/**
 * Tiles of the KV cache as f32: keys [headDim, TOKENS], then values [TOKENS, headDim], the same
 * bits as {@link KvTile#key} and {@link KvTile#value}.
 */
final class VectorKvTiles {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private VectorKvTiles() {}

    /** Floats of a tile. */
    static int floats(KvTile tile) {
        return 2 * KvTile.TOKENS * tile.headDim();
    }

    /** Decodes the tile at {@code at}; {@code target} has room for a row of scales behind it. */
    static void decode(KvTile tile, MemorySegment block, long at, float[] target, int index) {
        int values = floats(tile);
        switch (tile.type()) {
            case F32 -> MemorySegment.copy(block, FLOAT, at, target, index, values);
            case F16 -> VectorDecoders.decode(TensorFormat.F16, block, at, target, index, values);
            case Q8_0 -> {
                for (int group = 0; group < tile.groups(); group++) {
                    decodeKeys(tile, group, block, at, target, index);
                    decodeValues(tile, group, block, at, target, index);
                }
            }
        }
    }

    private static void decodeKeys(
            KvTile tile, int group, MemorySegment block, long at, float[] target, int index) {
        int scales = index + floats(tile);
        scales(block, at + tile.scalesOffset(group), target, scales);
        long quants = at + tile.valuesOffset(group);
        int first = index + tile.firstColumn(group) * KvTile.TOKENS;
        int count = tile.columns(group) * KvTile.TOKENS;
        for (int lane = 0; lane < KvTile.TOKENS; lane += LANES) {
            FloatVector scale = FloatVector.fromArray(FLOATS, target, scales + lane);
            for (int i = lane; i < count; i += KvTile.TOKENS) {
                quants(block, quants + i).mul(scale).intoArray(target, first + i);
            }
        }
    }

    private static void decodeValues(
            KvTile tile, int group, MemorySegment block, long at, float[] target, int index) {
        int scales = index + floats(tile);
        long half = at + tile.halfBytes();
        scales(block, half + tile.scalesOffset(group), target, scales);
        int columns = tile.columns(group);
        for (int slot = 0; slot < KvTile.TOKENS; slot++) {
            long quants = half + tile.valuesOffset(group) + (long) slot * columns;
            int first = index + (KvTile.TOKENS + slot) * tile.headDim() + tile.firstColumn(group);
            float scale = target[scales + slot];
            int i = 0;
            for (; i + LANES <= columns; i += LANES) {
                quants(block, quants + i).mul(scale).intoArray(target, first + i);
            }
            for (; i < columns; i++) {
                target[first + i] = scale * block.get(ValueLayout.JAVA_BYTE, quants + i);
            }
        }
    }

    private static void scales(MemorySegment block, long at, float[] target, int index) {
        VectorDecoders.decode(TensorFormat.F16, block, at, target, index, KvTile.TOKENS);
    }

    private static FloatVector quants(MemorySegment block, long at) {
        return (FloatVector) signedBytes(block, at).convert(I2F, 0);
    }
}
