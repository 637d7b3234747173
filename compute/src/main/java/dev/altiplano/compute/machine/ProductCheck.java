package dev.altiplano.compute.machine;

import dev.altiplano.compute.quant.TensorFormat;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Tries a product on made-up weights before it is used: each tile must give the sums of decoded
 * weights and activations. It takes well under a millisecond of machine code and a few of Java.
 */
final class ProductCheck {
    private static final Logger LOG = System.getLogger(ProductCheck.class.getName());

    /** Relative to the sum of magnitudes, which the minimums of some formats enlarge. */
    private static final double BOUND = 1e-5;

    /** 1/16, as binary16. */
    private static final short HALF = 0x2C00;

    private final Product product;
    private final TensorFormat format;
    private final int inputs;
    private final int outputs;
    private final MemorySegment rows;
    private final MemorySegment panels;
    private final MemorySegment x;
    private final double[][] weights;

    private ProductCheck(Product product, TensorFormat format, Arena arena) {
        this.product = product;
        this.format = format;
        this.inputs = product.inputsStep();
        this.outputs = Product.TILE_PANELS * product.layout().rows();
        this.rows = arena.allocate(outputs * format.sizeBytes(inputs));
        this.panels = arena.allocate(Product.TILE_PANELS * product.layout().panelBytes(inputs));
        this.x = arena.allocate(Product.TILE_TOKENS * product.activationBytes(inputs), 64);
        this.weights = new double[outputs][inputs];
    }

    /** False, and a warning, if it is wrong. */
    static boolean passes(Product product, TensorFormat format) {
        try (Arena arena = Arena.ofConfined()) {
            ProductCheck check = new ProductCheck(product, format, arena);
            check.fill();
            boolean passes = true;
            for (int panelCount = 1; panelCount <= Product.TILE_PANELS; panelCount++) {
                passes &= check.tile(panelCount, 1) && check.tile(panelCount, Product.TILE_TOKENS);
                passes &= check.expanded(panelCount, arena);
            }
            if (!passes) {
                LOG.log(
                        Level.WARNING,
                        "kernel check: the machine code for {0} gives wrong results on this processor"
                                + " and is not used; a slower way is. Please report it.",
                        format);
            }
            return passes;
        }
    }

    private void fill() {
        if (product.takesQuants()) {
            for (long i = 0; i < rows.byteSize(); i++) {
                rows.set(ValueLayout.JAVA_BYTE, i, (byte) (73 * i + 11));
            }
            product.layout().setHalves(rows, HALF);
        } else {
            float[] values = new float[outputs * inputs];
            for (int i = 0; i < values.length; i++) {
                values[i] = (37 * i % 101 - 50) / 32f;
            }
            format.encoder().orElseThrow().encode(values, 0, rows, 0, values.length);
        }
        int panelRows = product.layout().rows();
        long rowBytes = format.sizeBytes(inputs);
        long panelBytes = product.layout().panelBytes(inputs);
        for (int panel = 0; panel < Product.TILE_PANELS; panel++) {
            MemorySegment source = rows.asSlice(panel * panelBytes, panelBytes);
            product.pack(source, inputs, panelRows, panels, panel * panelBytes);
        }
        float[] row = new float[inputs];
        for (int output = 0; output < outputs; output++) {
            format.decoder().decode(rows, output * rowBytes, row, 0, inputs);
            for (int i = 0; i < inputs; i++) {
                weights[output][i] = row[i];
            }
        }
        for (int token = 0; token < Product.TILE_TOKENS; token++) {
            for (int i = 0; i < inputs; i++) {
                put(token, i);
            }
        }
    }

    /** Activations are whole numbers, so that they are exact in either form. */
    private int value(int token, int input) {
        int value = ActivationLayout.FINE_STEPS * coarse(token, input);
        return hasFine(token, input) ? value + fine(token, input) : value;
    }

    private static int coarse(int token, int input) {
        return (37 * input + 11 * token) % 255 - 127;
    }

    private static int fine(int token, int input) {
        return (101 * input + 57 * token) % 255 - 127;
    }

    /** For some tokens of a tile, and in some blocks for none. */
    private static boolean hasFine(int token, int input) {
        return input / ActivationLayout.BLOCK_INPUTS % 3 == token % 4;
    }

    private void put(int token, int input) {
        long row = token * product.activationBytes(inputs);
        if (!product.takesQuants()) {
            x.set(ValueLayout.JAVA_FLOAT, row + (long) input * Float.BYTES, value(token, input));
            return;
        }
        int inBlock = input % ActivationLayout.BLOCK_INPUTS;
        long block =
                row + (long) input / ActivationLayout.BLOCK_INPUTS * ActivationLayout.BLOCK_BYTES;
        byte fine = (byte) fine(token, input);
        x.set(
                ValueLayout.JAVA_BYTE,
                block + ActivationLayout.COARSE + inBlock,
                (byte) coarse(token, input));
        x.set(ValueLayout.JAVA_BYTE, block + ActivationLayout.FINE + inBlock, fine);
        x.set(
                ValueLayout.JAVA_FLOAT_UNALIGNED,
                block + ActivationLayout.SCALE,
                ActivationLayout.FINE_STEPS);
        x.set(
                ValueLayout.JAVA_FLOAT_UNALIGNED,
                block + ActivationLayout.FINE_SCALE,
                hasFine(token, input) ? 1 : 0);
        boolean firstHalf = inBlock < ActivationLayout.BLOCK_INPUTS / 2;
        addTo(block + ActivationLayout.SUM, value(token, input));
        addTo(
                block
                        + (firstHalf
                                ? ActivationLayout.SUM_FIRST_HALF
                                : ActivationLayout.SUM_SECOND_HALF),
                value(token, input));
    }

    private void addTo(long at, int value) {
        float sum = x.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at) + value;
        x.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, sum);
    }

    private boolean tile(int panelCount, int tokens) {
        return isRight(product.tiles(), panels, panelCount, tokens);
    }

    private boolean expanded(int panelCount, Arena arena) {
        if (product.expansion().isEmpty()) {
            return true;
        }
        Expansion expansion = product.expansion().get();
        MemorySegment room = arena.allocate(panelCount * expansion.panelBytes(inputs), 64);
        expansion.expand(panelCount, inputs, panels, 0, room);
        return isRight(expansion.tiles(), room, panelCount, 1)
                && isRight(expansion.tiles(), room, panelCount, Product.TILE_TOKENS);
    }

    private boolean isRight(Tiles tiles, MemorySegment from, int panelCount, int tokens) {
        int lanes = panelCount * product.layout().rows();
        float[] out = new float[tokens * lanes];
        tiles.multiply(
                panelCount, tokens, 1, inputs, from, 0, x, 0, MemorySegment.ofArray(out), 0, lanes);
        for (int i = 0; i < out.length; i++) {
            double sum = 0;
            double magnitude = 1;
            for (int input = 0; input < inputs; input++) {
                double product = weights[i % lanes][input] * value(i / lanes, input);
                sum += product;
                magnitude += Math.abs(product);
            }
            if (!(Math.abs(out[i] - sum) <= BOUND * magnitude)) {
                return false;
            }
        }
        return true;
    }
}
