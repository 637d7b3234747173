package dev.altiplano.compute.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.altiplano.compute.machine.Guarded.Side;
import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The product of every format against decoded weights, in every shape of tile, with weights,
 * activations and results between guard pages.
 */
final class ProductTest {
    /** Relative to the sum of magnitudes: sums of a block are exact, those of blocks round. */
    private static final double BOUND = 4e-7;

    private static final TensorFormat[] FORMATS = {
        TensorFormat.F32,
        TensorFormat.F16,
        TensorFormat.BF16,
        TensorFormat.Q4_0,
        TensorFormat.Q4_1,
        TensorFormat.Q5_0,
        TensorFormat.Q5_1,
        TensorFormat.Q8_0,
        TensorFormat.Q4_K,
        TensorFormat.Q5_K,
        TensorFormat.Q6_K
    };

    static Stream<Arguments> products() {
        return Isa.available()
                .flatMap(isa -> Arrays.stream(FORMATS).map(format -> Arguments.of(isa, format)));
    }

    @ParameterizedTest
    @MethodSource("products")
    void equalsTheSumOverDecodedWeightsInAnyTile(InstructionSet isa, TensorFormat format) {
        Product product = Product.of(isa, format).orElseThrow();
        int block = Math.max(format.blockWeights(), 4);
        for (int inputs : new int[] {block, 2 * block, 5 * block}) {
            for (Side side : Side.values()) {
                requireProduct(isa, product, format, inputs, side);
            }
        }
    }

    private static void requireProduct(
            InstructionSet isa, Product product, TensorFormat format, int inputs, Side side) {
        SplittableRandom random = new SplittableRandom(inputs);
        int tokens = 9;
        int outputs = 2 * isa.lanes();
        Matrix weights = Matrix.random(format, outputs, inputs, random);
        Activations x = new Activations(tokens, inputs, product.takesQuants(), random);
        try (Guarded panels = pack(product, weights, side);
                Guarded rows = new Guarded(x.bytes.byteSize(), side);
                Guarded out = new Guarded((long) tokens * outputs * Float.BYTES, side)) {
            rows.bytes.copyFrom(x.bytes);
            float[] first = {};
            for (int count = 1; count <= Product.TILE_PANELS; count++) {
                for (int tile : new int[] {1, Product.TILE_TOKENS}) {
                    multiply(product, count, tile, panels, rows, out, tokens, inputs, isa.lanes());
                    float[] found = out.bytes.toArray(ValueLayout.JAVA_FLOAT);
                    if (first.length == 0) {
                        requireCloseTo(weights, x, found);
                        first = found;
                    }
                    assertThat(found).as("%d panels by %d tokens", count, tile).isEqualTo(first);
                }
                out.bytes.fill((byte) 0);
                if (multiplyExpanded(product, count, panels, rows, out, tokens, side)) {
                    float[] found = out.bytes.toArray(ValueLayout.JAVA_FLOAT);
                    assertThat(found).as("%d expanded panels", count).isEqualTo(first);
                }
            }
        }
    }

    /** By machine code, and then once more by the layout's own method, which must agree. */
    private static Guarded pack(Product product, Matrix weights, Side side) {
        PanelLayout layout = product.layout();
        long panelBytes = layout.panelBytes(weights.inputs());
        int rows = layout.rows();
        int count = weights.outputs() / rows;
        Guarded panels = new Guarded(count * panelBytes, side);
        try (Guarded source = new Guarded(rows * weights.rowBytes(), side)) {
            for (int panel = 0; panel < count; panel++) {
                long from = (long) panel * rows * weights.rowBytes();
                MemorySegment.copy(weights.bytes(), from, source.bytes, 0, source.bytes.byteSize());
                product.pack(
                        source.bytes, weights.inputs(), rows, panels.bytes, panel * panelBytes);
                byte[] found =
                        panels.bytes
                                .asSlice(panel * panelBytes, panelBytes)
                                .toArray(ValueLayout.JAVA_BYTE);
                MemorySegment expected = MemorySegment.ofArray(new byte[(int) panelBytes]);
                layout.pack(source.bytes, weights.rowBytes(), rows, expected);
                assertThat(found).isEqualTo(expected.toArray(ValueLayout.JAVA_BYTE));
            }
        }
        return panels;
    }

    private static void multiply(
            Product product,
            int panels,
            int tile,
            Guarded weights,
            Guarded x,
            Guarded out,
            int tokens,
            int inputs,
            int lanes) {
        for (int panel = 0; panel < 2; panel += panels) {
            long from = panel * product.layout().panelBytes(inputs);
            multiply(
                    product.tiles(),
                    panels,
                    tile,
                    weights,
                    from,
                    x,
                    out,
                    tokens,
                    inputs,
                    panel * lanes,
                    2 * lanes);
        }
    }

    /** By tiles, and what is left token by token. */
    private static void multiply(
            Tiles tiles,
            int panels,
            int tile,
            Guarded weights,
            long from,
            Guarded x,
            Guarded out,
            int tokens,
            int inputs,
            int index,
            int outputs) {
        int count = tokens / tile;
        int done = count * tile;
        tiles.multiply(
                panels,
                tile,
                count,
                inputs,
                weights.bytes,
                from,
                x.bytes,
                0,
                out.bytes,
                index,
                outputs);
        tiles.multiply(
                panels,
                1,
                tokens - done,
                inputs,
                weights.bytes,
                from,
                x.bytes,
                done * tiles.activationBytes(inputs),
                out.bytes,
                (long) done * outputs + index,
                outputs);
    }

    /** False if the product has no expansion. */
    private static boolean multiplyExpanded(
            Product product,
            int panels,
            Guarded weights,
            Guarded x,
            Guarded out,
            int tokens,
            Side side) {
        if (product.expansion().isEmpty()) {
            return false;
        }
        Expansion expansion = product.expansion().get();
        int lanes = product.layout().rows();
        int inputs = inputs(product, weights);
        try (Guarded room = new Guarded(panels * expansion.panelBytes(inputs), side)) {
            for (int panel = 0; panel < 2; panel += panels) {
                long from = panel * product.layout().panelBytes(inputs);
                expansion.expand(panels, inputs, weights.bytes, from, room.bytes);
                multiply(
                        expansion.tiles(),
                        panels,
                        Product.TILE_TOKENS,
                        room,
                        0,
                        x,
                        out,
                        tokens,
                        inputs,
                        panel * lanes,
                        2 * lanes);
            }
        }
        return true;
    }

    /** Of two panels without gaps. */
    private static int inputs(Product product, Guarded weights) {
        long stepBytes = 2 * product.layout().panelBytes(product.inputsStep());
        return (int) (weights.bytes.byteSize() / stepBytes) * product.inputsStep();
    }

    private static void requireCloseTo(Matrix weights, Activations x, float[] found) {
        float[] row = new float[weights.inputs()];
        for (int output = 0; output < weights.outputs(); output++) {
            weights.decode(output, row);
            for (int token = 0; token < x.tokens; token++) {
                double sum = 0;
                double magnitude = 0;
                for (int i = 0; i < row.length; i++) {
                    double product = row[i] * x.value(token, i);
                    sum += product;
                    magnitude += Math.abs(product);
                }
                // A minimum and what it is taken off may be larger than what is left.
                double bound = BOUND * (magnitude + weights.largest() * x.magnitude(token));
                assertThat((double) found[token * weights.outputs() + output])
                        .isBetween(sum - bound, sum + bound);
            }
        }
    }

    @Test
    void refusesRangesThatAreNotThere() {
        assumeTrue(Isa.available().findAny().isPresent(), "no machine code here");
        InstructionSet isa = Isa.available().findFirst().orElseThrow();
        Product product = Product.of(isa, TensorFormat.Q8_0).orElseThrow();
        long panelBytes = product.layout().panelBytes(32);
        try (Guarded weights = new Guarded(panelBytes, Side.FIRST);
                Guarded x = new Guarded(product.activationBytes(32), Side.FIRST)) {
            MemorySegment out = MemorySegment.ofArray(new float[isa.lanes()]);
            Call call =
                    (panels, tokens, weightsOffset, outIndex) ->
                            product.tiles()
                                    .multiply(
                                            panels,
                                            tokens,
                                            1,
                                            32,
                                            weights.bytes,
                                            weightsOffset,
                                            x.bytes,
                                            0,
                                            out,
                                            outIndex,
                                            isa.lanes());
            call.run(1, 1, 0, 0);

            requireRefused(() -> call.run(2, 1, 0, 0));
            requireRefused(() -> call.run(1, 4, 0, 0));
            requireRefused(() -> call.run(1, 1, 0, 1));
            requireRefused(() -> call.run(1, 1, -1, 0));
        }
    }

    /** A product that may reach beyond its segments. */
    private interface Call {
        void run(int panels, int tokens, long weightsOffset, long outIndex);
    }

    private static void requireRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** AVX-512 code cannot run everywhere; that it can be emitted is tested everywhere. */
    @ParameterizedTest
    @MethodSource("formats")
    void emitsCodeForBothInstructionSets(TensorFormat format) {
        for (InstructionSet isa : InstructionSet.values()) {
            assertThat(Product.codes(isa, format)).hasSize(4).allMatch(code -> code.length > 100);
        }
    }

    static Stream<TensorFormat> formats() {
        return Arrays.stream(FORMATS);
    }

    @Test
    void hasNoProductForOtherFormats() {
        for (InstructionSet isa : InstructionSet.values()) {
            assertThat(Product.of(isa, TensorFormat.IQ2_S)).isEmpty();
        }
    }
}
