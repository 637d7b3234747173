package dev.altiplano.compute.machine;

import static dev.altiplano.compute.machine.ActivationLayout.BLOCK_BYTES;
import static dev.altiplano.compute.machine.ActivationLayout.BLOCK_INPUTS;
import static dev.altiplano.compute.x86.VectorOp.VBROADCASTSS;
import static dev.altiplano.compute.x86.VectorOp.VCVTDQ2PS;
import static dev.altiplano.compute.x86.VectorOp.VFMADD213PS;
import static dev.altiplano.compute.x86.VectorOp.VFMADD231PS;
import static dev.altiplano.compute.x86.VectorOp.VFNMADD231PS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS_STORE;
import static dev.altiplano.compute.x86.VectorOp.VMULPS;

import dev.altiplano.compute.x86.Label;
import dev.altiplano.compute.x86.Vec;

/**
 * Quantised weights with quantised activations. A group is four neighbouring inputs: the lane of a
 * row holds its four weights, a byte each, and the four activations that they meet are broadcast to
 * all lanes. Their products are summed as integers over the run of groups that share a scale:
 *
 * <pre>
 * for each block of activations:
 *   for each run:
 *     total += scale(weights) · (scale(activations) · Σ weights · coarse)
 *     total -= offset(weights) · Σ activations                   where weights have an offset
 *   if any token of the tile has fine quants here:
 *     for each run:
 *       total += scale(weights) · ((fine scale) · Σ weights · fine)
 * </pre>
 *
 * <p>A token without fine quants has a fine scale of 0, so that what the others of its tile have
 * does not change its bits.
 */
record QuantBlockCode(WeightCode weights) implements WeightBlockCode {
    /** The two parts of an activation. */
    private enum Part {
        COARSE(ActivationLayout.COARSE, ActivationLayout.SCALE),
        FINE(ActivationLayout.FINE, ActivationLayout.FINE_SCALE);

        final int quants;
        final int scale;

        Part(int quants, int scale) {
            this.quants = quants;
            this.scale = scale;
        }
    }

    @Override
    public int activationBytes() {
        return inputs() / BLOCK_INPUTS * BLOCK_BYTES;
    }

    @Override
    public boolean hasIntegerSums() {
        return true;
    }

    @Override
    public void emit(ProductCode product) {
        for (int group = 0; group < groups(); group += GROUPS) {
            addBlock(product, group, Part.COARSE);
            Label calm = new Label();
            product.jumpIfZero(place(group, ActivationLayout.FINE_SCALE), calm);
            addBlock(product, group, Part.FINE);
            product.code.bind(calm);
        }
        weights.endSection(product);
    }

    private void addBlock(ProductCode product, int first, Part part) {
        IntegerSums sums = new IntegerSums(product, weights, part.quants);
        int run = weights.groupsPerScale();
        for (int group = first; group < first + GROUPS; group += run) {
            if (part == Part.COARSE) {
                product.readAhead(group / run, groups() / run);
            }
            sums.emit(group, run);
            addRun(product, group, part);
        }
    }

    /** The place of a field of the activation block that a group belongs to. */
    static int place(int group, int field) {
        return group * GROUP_INPUTS / BLOCK_INPUTS * BLOCK_BYTES + field;
    }

    private void addRun(ProductCode product, int group, Part part) {
        Vec free = product.spare(4);
        boolean hasOffset = false;
        for (int panel = 0; panel < product.panels; panel++) {
            Vec scale = scale(product, panel);
            weights.scale(product, panel, group, scale, free);
            hasOffset =
                    part == Part.COARSE
                            && weights.offset(
                                    product, panel, group, scale, offset(product, panel), free);
        }
        for (int token = 0; token < product.tokens; token++) {
            Vec x = product.spare(4);
            Vec sumOfInputs = product.spare(5);
            product.code.emit(
                    VBROADCASTSS, x, product.activations(token, place(group, part.scale)));
            if (hasOffset) {
                int at = place(group, sumOfInputs(group));
                product.code.emit(VBROADCASTSS, sumOfInputs, product.activations(token, at));
            }
            for (int panel = 0; panel < product.panels; panel++) {
                Vec sum = product.sum(panel, token);
                product.code.emit(VCVTDQ2PS, sum, sum);
                product.code.emit(VMULPS, sum, sum, x);
                Vec total = addToTotal(product, panel, token, sum);
                if (hasOffset) {
                    product.code.emit(VFNMADD231PS, total, sumOfInputs, offset(product, panel));
                }
                if (!product.hasTotalsInRegisters()) {
                    product.code.emit(VMOVUPS_STORE, product.totalPlace(panel, token), total);
                }
            }
        }
    }

    private static Vec scale(ProductCode product, int panel) {
        return product.spare(panel);
    }

    private static Vec offset(ProductCode product, int panel) {
        return product.spare(2 + panel);
    }

    /** Emits: total += scale · sum. Returns the register with the new total. */
    private static Vec addToTotal(ProductCode product, int panel, int token, Vec sum) {
        Vec scale = scale(product, panel);
        if (product.hasTotalsInRegisters()) {
            Vec total = product.total(panel, token);
            product.code.emit(VFMADD231PS, total, sum, scale);
            return total;
        }
        product.code.emit(VFMADD213PS, sum, scale, product.totalPlace(panel, token));
        return sum;
    }

    /** Which sum of the activation block belongs to the run that begins with {@code group}. */
    private int sumOfInputs(int group) {
        if (weights.groupsPerScale() * GROUP_INPUTS == BLOCK_INPUTS) {
            return ActivationLayout.SUM;
        }
        return group * GROUP_INPUTS % BLOCK_INPUTS == 0
                ? ActivationLayout.SUM_FIRST_HALF
                : ActivationLayout.SUM_SECOND_HALF;
    }
}
