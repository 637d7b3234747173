package dev.altiplano.model.llama;

import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.Kernels;
import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.Projection;
import dev.altiplano.compute.Shape;
import dev.altiplano.compute.TeamKernels;
import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.GgufWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * Multiplies with mapped weights of each format until the code is compiled, cuts the file short,
 * multiplies again and says what happens.
 */
final class ShrinkingWeights {
    private static final int OUTPUTS = 16;
    private static final int INPUTS = 4096;
    private static final int TOKENS = 5;
    private static final int WARM_UPS = 800;

    /** What stays of the file: one page, so that the rest faults. */
    private static final int BYTES_LEFT = 4096;

    private static final PrintStream OUT = System.out;

    private ShrinkingWeights() {}

    public static void main(String[] arguments) throws IOException {
        Path path = Path.of(arguments[0]);
        for (int i = 1; i < arguments.length; i++) {
            TensorFormat format = TensorFormat.valueOf(arguments[i]);
            write(path, format);
            try (WorkerTeam team = new WorkerTeam(2);
                    GgufFile file = GgufFile.open(path)) {
                Kernels kernels = Kernels.of(KernelTier.VECTOR);
                TeamKernels shared = new TeamKernels(kernels, team, TOKENS, INPUTS);
                Projection weights = Projection.of(file.require("w"));
                for (int run = 0; run < WARM_UPS; run++) {
                    multiply(shared, weights);
                }
                try (RandomAccessFile cut = new RandomAccessFile(path.toFile(), "rw")) {
                    cut.setLength(BYTES_LEFT);
                }
                OUT.println(format + ": " + outcome(file, shared, weights));
            }
        }
    }

    private static String outcome(GgufFile file, TeamKernels shared, Projection weights) {
        try {
            return "read " + file.reading(() -> multiply(shared, weights));
        } catch (ModelFormatException expected) {
            return "reported " + expected.getMessage();
        }
    }

    private static float multiply(TeamKernels shared, Projection weights) {
        float[] out = new float[TOKENS * OUTPUTS];
        shared.multiply(weights, new float[TOKENS * INPUTS], TOKENS, out);
        return out[0];
    }

    private static void write(Path path, TensorFormat format) {
        Shape shape = Shape.of(OUTPUTS, INPUTS);
        try (GgufWriter writer = GgufWriter.create(path)) {
            writer.declare("w", format, shape);
            byte[] zeros = new byte[(int) format.sizeBytes(shape.elements())];
            writer.write(MemorySegment.ofArray(zeros));
            writer.finish();
        }
    }
}
