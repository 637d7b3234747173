package dev.altiplano.compute.machine;

import static dev.altiplano.compute.x86.VectorOp.VBROADCASTSS;
import static dev.altiplano.compute.x86.VectorOp.VCVTPH2PS;
import static dev.altiplano.compute.x86.VectorOp.VFMADD231PS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS;
import static dev.altiplano.compute.x86.VectorOp.VPMOVZXWD;
import static dev.altiplano.compute.x86.VectorOp.VPSLLD;

import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;

/**
 * F32, F16 and BF16 weights with f32 activations: for each input, one vector of weights times the
 * activation of each token.
 */
record FloatBlockCode(TensorFormat format, int inputs) implements BlockCode {
    @Override
    public int panelBlockBytes(InstructionSet isa) {
        return inputs * format.blockBytes() * isa.lanes();
    }

    @Override
    public int activationBytes() {
        return inputs * Float.BYTES;
    }

    @Override
    public boolean hasIntegerSums() {
        return false;
    }

    @Override
    public int spares() {
        return 3; // the weights of two panels, an activation
    }

    @Override
    public int tableVectors() {
        return 0;
    }

    @Override
    public int sections() {
        return 1;
    }

    @Override
    public void begin(ProductCode product) {}

    @Override
    public void emit(ProductCode product) {
        product.readAhead(0, 1);
        for (int input = 0; input < inputs; input++) {
            for (int panel = 0; panel < product.panels; panel++) {
                int offset = input * format.blockBytes() * product.isa.lanes();
                load(product, product.spare(panel), product.weights(panel, offset));
            }
            Vec x = product.spare(2);
            for (int token = 0; token < product.tokens; token++) {
                Mem place = product.activations(token, input * Float.BYTES);
                product.code.emit(VBROADCASTSS, x, place);
                for (int panel = 0; panel < product.panels; panel++) {
                    Vec total = product.total(panel, token);
                    product.code.emit(VFMADD231PS, total, product.spare(panel), x);
                }
            }
        }
    }

    private void load(ProductCode product, Vec weights, Mem place) {
        switch (format) {
            case F32 -> product.code.emit(VMOVUPS, weights, place);
            case F16 -> product.code.emit(VCVTPH2PS, weights, place);
            case BF16 -> {
                product.code.emit(VPMOVZXWD, weights, place);
                product.code.emit(VPSLLD, weights, weights, 16);
            }
            default -> throw new IllegalStateException("no float format: " + format);
        }
    }
}
