package dev.altiplano.compute;

import dev.altiplano.compute.machine.Expansion;
import dev.altiplano.compute.machine.Product;
import dev.altiplano.compute.machine.Tiles;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One or two panels times some rows of activations, with the results where they belong. Owned by a
 * worker, which points it at panel after panel and allocates nothing.
 */
final class PanelRun {
    /** Tokens from which on weights are expanded. */
    private static final int EXPAND_FROM_TOKENS = 16;

    private final ArraySegments segments;
    private final MemorySegment tile;
    private final MemorySegment room;
    private final int lanes;

    private Product product;
    private MemorySegment weights = MemorySegment.NULL;
    private long weightsOffset;
    private int panels;

    private float[] out = {};
    private int outRow;
    private int fromOutput;
    private int toOutput;

    /**
     * @param tile room for the results of the largest tile
     * @param room for expanded panels of as many inputs as there may be
     * @param lanes rows of a panel
     */
    PanelRun(
            ArraySegments segments,
            MemorySegment tile,
            MemorySegment room,
            int lanes,
            Product any) {
        this.segments = segments;
        this.tile = tile;
        this.room = room;
        this.lanes = lanes;
        this.product = any;
    }

    /** Results go to {@code out} [tokens, outRow], and only those of the outputs in the range. */
    void outputs(int outRow, int fromOutput, int toOutput, float[] out) {
        this.outRow = outRow;
        this.fromOutput = fromOutput;
        this.toOutput = toOutput;
        this.out = out;
    }

    /** The panels to multiply with, from {@code weightsOffset} bytes on. */
    void weights(Product product, MemorySegment weights, long weightsOffset, int panels) {
        this.product = product;
        this.weights = weights;
        this.weightsOffset = weightsOffset;
        this.panels = panels;
    }

    /**
     * Multiplies rows {@code token} to {@code token + tokens - 1}; the panels begin at {@code
     * output}.
     */
    void multiply(Inputs x, int token, int tokens, int output) {
        boolean whole = output >= fromOutput && output + panels * lanes <= toOutput;
        if (!whole) {
            for (int one = token; one < token + tokens; one++) {
                multiply(
                        product.tiles(),
                        weights,
                        weightsOffset,
                        x,
                        one,
                        1,
                        tile,
                        0,
                        panels * lanes);
                copyWanted(one, output);
            }
            return;
        }
        MemorySegment target = segments.of(out);
        long index = (long) token * outRow + output;
        if (tokens >= EXPAND_FROM_TOKENS && product.expansion().isPresent()) {
            Expansion expansion = product.expansion().get();
            expansion.expand(panels, x.width, weights, weightsOffset, room);
            multiply(expansion.tiles(), room, 0, x, token, tokens, target, index, outRow);
        } else {
            multiply(
                    product.tiles(),
                    weights,
                    weightsOffset,
                    x,
                    token,
                    tokens,
                    target,
                    index,
                    outRow);
        }
    }

    /** By whole tiles, then what is left token by token. */
    private void multiply(
            Tiles tiles,
            MemorySegment from,
            long fromOffset,
            Inputs x,
            int token,
            int tokens,
            MemorySegment target,
            long index,
            int targetRow) {
        int whole = tokens / Product.TILE_TOKENS;
        int done = whole * Product.TILE_TOKENS;
        MemorySegment rows = product.takesQuants() ? x.quants : x.floats;
        long rowBytes = tiles.activationBytes(x.width);
        tiles.multiply(
                panels,
                Product.TILE_TOKENS,
                whole,
                x.width,
                from,
                fromOffset,
                rows,
                token * rowBytes,
                target,
                index,
                targetRow);
        tiles.multiply(
                panels,
                1,
                tokens - done,
                x.width,
                from,
                fromOffset,
                rows,
                (token + done) * rowBytes,
                target,
                index + (long) done * targetRow,
                targetRow);
    }

    private void copyWanted(int token, int output) {
        int from = Math.max(output, fromOutput);
        int to = Math.min(output + panels * lanes, toOutput);
        MemorySegment.copy(
                tile,
                ValueLayout.JAVA_FLOAT,
                (long) (from - output) * Float.BYTES,
                out,
                token * outRow + from,
                to - from);
    }
}
