package dev.altiplano.compute;

import dev.altiplano.compute.machine.Expansion;
import dev.altiplano.compute.machine.Product;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One or two panels times some rows of activations, with the results where they belong. Owned by a
 * worker, which points it at panel after panel and allocates nothing.
 */
final class PanelRun {
    private final ArraySegments segments;

    /** Tiles of tokens from which on weights are expanded. */
    private static final int EXPAND_FROM_TILES = 4;

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
        int tiles = tokens / Product.TILE_TOKENS;
        int rest = tokens % Product.TILE_TOKENS;
        if (whole) {
            MemorySegment target = segments.of(out);
            long index = (long) token * outRow + output;
            if (tiles >= EXPAND_FROM_TILES && product.expansion().isPresent()) {
                multiplyExpanded(product.expansion().get(), x, token, tiles, target, index);
            } else {
                multiply(x, token, Product.TILE_TOKENS, tiles, target, index, outRow);
            }
            int done = tiles * Product.TILE_TOKENS;
            index += (long) done * outRow;
            multiply(x, token + done, 1, rest, target, index, outRow);
        } else {
            for (int one = token; one < token + tokens; one++) {
                multiply(x, one, 1, 1, tile, 0, panels * lanes);
                copyWanted(one, output);
            }
        }
    }

    private void multiplyExpanded(
            Expansion expansion, Inputs x, int token, int tiles, MemorySegment target, long index) {
        expansion.expand(panels, x.width, weights, weightsOffset, room);
        long offset = token * product.activationBytes(x.width);
        expansion.multiply(panels, tiles, x.width, room, x.quants, offset, target, index, outRow);
    }

    private void multiply(
            Inputs x,
            int token,
            int tileTokens,
            int tiles,
            MemorySegment target,
            long index,
            int targetRow) {
        if (tiles > 0) {
            MemorySegment rows = product.takesQuants() ? x.quants : x.floats;
            long offset = token * product.activationBytes(x.width);
            product.multiply(
                    panels,
                    tileTokens,
                    tiles,
                    x.width,
                    weights,
                    weightsOffset,
                    rows,
                    offset,
                    target,
                    index,
                    targetRow);
        }
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
