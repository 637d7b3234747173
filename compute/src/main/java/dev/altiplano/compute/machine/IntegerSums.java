package dev.altiplano.compute.machine;

import static dev.altiplano.compute.x86.VectorOp.VPABSB;
import static dev.altiplano.compute.x86.VectorOp.VPADDD;
import static dev.altiplano.compute.x86.VectorOp.VPADDW;
import static dev.altiplano.compute.x86.VectorOp.VPBROADCASTD;
import static dev.altiplano.compute.x86.VectorOp.VPDPBUSD;
import static dev.altiplano.compute.x86.VectorOp.VPMADDUBSW;
import static dev.altiplano.compute.x86.VectorOp.VPMADDWD;
import static dev.altiplano.compute.x86.VectorOp.VPSIGNB;
import static dev.altiplano.compute.x86.VectorOp.VPXOR;

import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;

/**
 * Emits {@code sum = Σ weights · quants} over a run of groups, exact, in 32 bits.
 *
 * <p>AVX-512 adds four products of bytes to a 32-bit lane. AVX2 adds two in 16 bits, which have
 * room for as many groups as {@link WeightCode#groupsIn16Bits} says: all of a run, and its sums
 * stay in 16 bits to the end; or some, and two groups at a time are widened; or one, where weights
 * are signed.
 *
 * @param quants where in a block of activations the quants begin
 */
record IntegerSums(ProductCode product, WeightCode weights, int quants) {
    /** Two 16-bit ones: multiplied with them, pairs of 16-bit numbers add up in 32 bits. */
    private static final int ONES = 0x0001_0001;

    void emit(int first, int count) {
        if (product.isa == InstructionSet.AVX512) {
            for (int group = first; group < first + count; group++) {
                addIn32Bits(group, group == first);
            }
        } else if (weights.isSigned(product.isa)) {
            for (int group = first; group < first + count; group++) {
                addSigned(group, group == first);
            }
        } else if (weights.groupsIn16Bits() >= count) {
            for (int group = first; group < first + count; group++) {
                addIn16Bits(group, group == first);
            }
            widen();
        } else {
            for (int group = first; group < first + count; group += 2) {
                addTwo(group, group == first);
            }
        }
    }

    private Vec weight(int panel) {
        return product.spare(panel);
    }

    private Vec secondWeight(int panel) {
        return product.spare(2 + panel);
    }

    private Vec x() {
        return product.spare(4);
    }

    private Vec products(int panel) {
        return product.spare(5 + panel);
    }

    private Vec moreProducts() {
        return product.spare(7);
    }

    private void loadWeights(int group) {
        for (int panel = 0; panel < product.panels; panel++) {
            weights.bytes(product, panel, group, weight(panel), products(0));
        }
    }

    private void broadcast(int token, int group) {
        int input = group * WeightBlockCode.GROUP_INPUTS;
        int at = quants + input % ActivationLayout.BLOCK_INPUTS;
        Mem place = product.activations(token, QuantBlockCode.place(group, at));
        product.code.emit(VPBROADCASTD, x(), place);
    }

    private void addIn32Bits(int group, boolean begins) {
        loadWeights(group);
        for (int token = 0; token < product.tokens; token++) {
            broadcast(token, group);
            for (int panel = 0; panel < product.panels; panel++) {
                Vec sum = product.sum(panel, token);
                if (begins) {
                    product.code.emit(VPXOR, sum, sum, sum);
                }
                product.code.emit(VPDPBUSD, sum, weight(panel), x());
            }
        }
    }

    private void addIn16Bits(int group, boolean begins) {
        loadWeights(group);
        for (int token = 0; token < product.tokens; token++) {
            broadcast(token, group);
            for (int panel = 0; panel < product.panels; panel++) {
                Vec sum = product.sum(panel, token);
                Vec target = begins ? sum : products(panel);
                product.code.emit(VPMADDUBSW, target, weight(panel), x());
                if (!begins) {
                    product.code.emit(VPADDW, sum, sum, target);
                }
            }
        }
    }

    private void widen() {
        for (int token = 0; token < product.tokens; token++) {
            for (int panel = 0; panel < product.panels; panel++) {
                Vec sum = product.sum(panel, token);
                product.code.emit(VPMADDWD, sum, sum, product.constant(ONES));
            }
        }
    }

    /** Groups {@code group} and {@code group + 1}. */
    private void addTwo(int group, boolean begins) {
        for (int panel = 0; panel < product.panels; panel++) {
            weights.bytes(product, panel, group, weight(panel), products(0));
            weights.bytes(product, panel, group + 1, secondWeight(panel), products(0));
        }
        for (int token = 0; token < product.tokens; token++) {
            broadcast(token, group);
            for (int panel = 0; panel < product.panels; panel++) {
                product.code.emit(VPMADDUBSW, products(panel), weight(panel), x());
            }
            broadcast(token, group + 1);
            for (int panel = 0; panel < product.panels; panel++) {
                Vec products = products(panel);
                product.code.emit(VPMADDUBSW, moreProducts(), secondWeight(panel), x());
                product.code.emit(VPADDW, products, products, moreProducts());
                addWidened(panel, token, products, begins);
            }
        }
    }

    /** Magnitudes of weights, and activations with the signs of weights. */
    private void addSigned(int group, boolean begins) {
        for (int panel = 0; panel < product.panels; panel++) {
            weights.bytes(product, panel, group, secondWeight(panel), products(0));
            product.code.emit(VPABSB, weight(panel), secondWeight(panel));
        }
        for (int token = 0; token < product.tokens; token++) {
            broadcast(token, group);
            for (int panel = 0; panel < product.panels; panel++) {
                Vec products = products(panel);
                product.code.emit(VPSIGNB, products, x(), secondWeight(panel));
                product.code.emit(VPMADDUBSW, products, weight(panel), products);
                addWidened(panel, token, products, begins);
            }
        }
    }

    private void addWidened(int panel, int token, Vec products, boolean begins) {
        Vec sum = product.sum(panel, token);
        Vec target = begins ? sum : products;
        product.code.emit(VPMADDWD, target, products, product.constant(ONES));
        if (!begins) {
            product.code.emit(VPADDD, sum, sum, products);
        }
    }
}
