package dev.altiplano.compute;

import java.util.Arrays;

/** Whole products, from weights and activations to results. */
final class Products {
    private Products() {}

    /** [tokens, outputs] for x [tokens, inputs]. */
    static float[] multiply(Kernels kernels, Projection projection, float[] x, int tokens) {
        float[] out = new float[tokens * projection.outputs()];
        multiply(kernels, projection, 0, projection.outputs(), x, tokens, out);
        return out;
    }

    /** The outputs {@code from} to {@code to - 1} only. */
    static void multiply(
            Kernels kernels,
            Projection projection,
            int from,
            int to,
            float[] x,
            int tokens,
            float[] out) {
        Packing packing = kernels.pack(projection);
        for (int part = 0; part < packing.parts(); part++) {
            packing.part().run(part);
        }
        Scratch scratch = kernels.newScratch(projection.inputs());
        Inputs inputs = kernels.newInputs(tokens, projection.inputs());
        inputs.set(Arrays.copyOf(x, tokens * projection.inputs()), tokens, projection.inputs());
        kernels.convert(inputs, kernels.inputForm(projection), 0, tokens, scratch);
        kernels.multiply(projection, from, to, inputs, out, scratch);
    }
}
