package dev.altiplano.compute.machine;

import static dev.altiplano.compute.machine.ActivationLayout.SCALE;
import static dev.altiplano.compute.x86.VectorOp.VBROADCASTSS;
import static dev.altiplano.compute.x86.VectorOp.VCVTDQ2PS;
import static dev.altiplano.compute.x86.VectorOp.VFMADD231PS;
import static dev.altiplano.compute.x86.VectorOp.VFNMADD231PS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS_STORE;
import static dev.altiplano.compute.x86.VectorOp.VMULPS;
import static dev.altiplano.compute.x86.VectorOp.VPADDD;
import static dev.altiplano.compute.x86.VectorOp.VPBROADCASTD;
import static dev.altiplano.compute.x86.VectorOp.VPDPWSSD;
import static dev.altiplano.compute.x86.VectorOp.VPMADDWD;
import static dev.altiplano.compute.x86.VectorOp.VPXOR;

import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;

/**
 * Quantised weights with activations in 16 bits. A group is four neighbouring inputs: two vectors
 * hold them for all rows of a panel, two weights of 16 bits in the lane of each row, and the two
 * activations that they meet are broadcast to all lanes. Their products are summed as integers over
 * the groups that share a scale:
 *
 * <pre>
 * for each run of groups with one scale:
 *   sum = Σ over groups: weights · activations              exact, in 32 bits
 *   total += scale(weights) · (scale(activations) · sum)    f32
 *   total -= offset(weights) · Σ activations                f32, where weights have an offset
 * </pre>
 */
record QuantBlockCode(WeightCode weights) implements BlockCode {
    private static final int GROUP_INPUTS = 4;

    // Spare registers by their meaning. The first two are free for scales once a run is summed.
    private static Vec weight(ProductCode product, int panel, Half half) {
        return product.spare(2 * panel + (half == Half.EVEN ? 0 : 1));
    }

    static Vec activation(ProductCode product) {
        return product.spare(4);
    }

    static Vec temporary(ProductCode product) {
        return product.spare(5);
    }

    /** Holds {@link WeightCode#mask} in every 32 bits. */
    static Vec mask(ProductCode product) {
        return product.spare(6);
    }

    /** Which two weights of a group: 0 and 2, or 1 and 3. */
    enum Half {
        EVEN,
        ODD
    }

    @Override
    public int inputs() {
        return weights.inputs();
    }

    @Override
    public int panelBlockBytes(InstructionSet isa) {
        return weights.format().blockBytes() * isa.lanes();
    }

    @Override
    public int activationBytes() {
        return inputs() / ActivationLayout.BLOCK_INPUTS * ActivationLayout.BLOCK_BYTES;
    }

    @Override
    public boolean hasIntegerSums() {
        return true;
    }

    @Override
    public int spares() {
        return 7;
    }

    @Override
    public int tableVectors() {
        return weights.tableVectors();
    }

    @Override
    public void constants(ProductCode product) {
        product.code.emit(VMOVUPS, mask(product), product.constant(weights.mask()));
    }

    @Override
    public void emit(ProductCode product) {
        weights.table(product);
        int run = weights.groupsPerScale();
        for (int group = 0; group < inputs() / GROUP_INPUTS; group += run) {
            sumRun(product, group, run);
            addRun(product, group, run);
        }
    }

    /** Integer sums of the groups {@code first} to {@code first + count - 1}. */
    private void sumRun(ProductCode product, int first, int count) {
        for (int group = first; group < first + count; group++) {
            for (int panel = 0; panel < product.panels; panel++) {
                Vec even = weight(product, panel, Half.EVEN);
                weights.pairs(product, panel, group, even, weight(product, panel, Half.ODD));
            }
            for (int token = 0; token < product.tokens; token++) {
                for (Half half : Half.values()) {
                    Vec x = activation(product);
                    product.code.emit(VPBROADCASTD, x, quants(product, token, group, half));
                    boolean begins = group == first && half == Half.EVEN;
                    for (int panel = 0; panel < product.panels; panel++) {
                        Vec w = weight(product, panel, half);
                        addProducts(product, product.sum(panel, token), w, x, begins);
                    }
                }
            }
        }
    }

    private static Mem quants(ProductCode product, int token, int group, Half half) {
        int input = group * GROUP_INPUTS + (half == Half.EVEN ? 0 : 1);
        int inBlock = input % ActivationLayout.BLOCK_INPUTS;
        return product.activations(token, field(input, ActivationLayout.quantOffset(inBlock)));
    }

    /** The offset of a field of the activation block that holds {@code input}. */
    private static int field(int input, int field) {
        return input / ActivationLayout.BLOCK_INPUTS * ActivationLayout.BLOCK_BYTES + field;
    }

    /** {@code sum = sum + w · x}, or, where the sum {@code begins}, {@code w · x}. */
    private static void addProducts(ProductCode product, Vec sum, Vec w, Vec x, boolean begins) {
        switch (product.isa) {
            case AVX512 -> {
                if (begins) {
                    product.code.emit(VPXOR, sum, sum, sum);
                }
                product.code.emit(VPDPWSSD, sum, w, x);
            }
            case AVX2 -> {
                Vec products = begins ? sum : temporary(product);
                product.code.emit(VPMADDWD, products, w, x);
                if (!begins) {
                    product.code.emit(VPADDD, sum, sum, products);
                }
            }
        }
    }

    /** {@code totals += scale · (scale(activations) · sum) - offset · Σ activations}. */
    private void addRun(ProductCode product, int group, int count) {
        int input = group * GROUP_INPUTS;
        for (int panel = 0; panel < product.panels; panel++) {
            Vec scale = product.spare(0);
            Vec offset = product.spare(1);
            Vec x = activation(product);
            weights.scale(product, panel, group, scale);
            boolean hasOffset = weights.offset(product, panel, group, scale, offset);
            for (int token = 0; token < product.tokens; token++) {
                Vec sum = product.sum(panel, token);
                product.code.emit(VCVTDQ2PS, sum, sum);
                product.code.emit(VBROADCASTSS, x, product.activations(token, field(input, SCALE)));
                product.code.emit(VMULPS, sum, sum, x);
                Vec total = openTotal(product, panel, token);
                product.code.emit(VFMADD231PS, total, sum, scale);
                if (hasOffset) {
                    int field = field(input, sumOfInputs(input, count));
                    product.code.emit(VBROADCASTSS, x, product.activations(token, field));
                    product.code.emit(VFNMADD231PS, total, x, offset);
                }
                closeTotal(product, panel, token, total);
            }
        }
    }

    /** Which sum of the activation block belongs to {@code count} groups from {@code input} on. */
    private static int sumOfInputs(int input, int count) {
        if (count * GROUP_INPUTS == ActivationLayout.BLOCK_INPUTS) {
            return ActivationLayout.SUM;
        }
        return input % ActivationLayout.BLOCK_INPUTS == 0
                ? ActivationLayout.SUM_FIRST_HALF
                : ActivationLayout.SUM_SECOND_HALF;
    }

    private static Vec openTotal(ProductCode product, int panel, int token) {
        if (product.hasTotalsInRegisters()) {
            return product.total(panel, token);
        }
        Vec total = temporary(product);
        product.code.emit(VMOVUPS, total, product.totalPlace(panel, token));
        return total;
    }

    private static void closeTotal(ProductCode product, int panel, int token, Vec total) {
        if (!product.hasTotalsInRegisters()) {
            product.code.emit(VMOVUPS_STORE, product.totalPlace(panel, token), total);
        }
    }
}
