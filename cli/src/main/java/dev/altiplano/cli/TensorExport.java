package dev.altiplano.cli;

import dev.altiplano.compute.Tensor;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.file.ModelFile;
import dev.altiplano.model.file.SafetensorsWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Writes decoded tensors as F32. */
final class TensorExport {
    private TensorExport() {}

    static void write(ModelFile file, List<Tensor> tensors, Path target, PrintWriter out) {
        try (SafetensorsWriter writer = SafetensorsWriter.create(target)) {
            for (Tensor tensor : tensors) {
                writer.declare(tensor.name(), TensorFormat.F32, tensor.shape());
            }
            for (Tensor tensor : tensors) {
                TensorValues.decode(tensor, (values, count) -> writer.write(values, 0, count));
            }
            writer.finish();
        }
        out.printf(
                "%d of %d tensors of %s as F32: %s%n",
                tensors.size(), file.tensors().size(), file.path().getFileName(), target);
    }
}
