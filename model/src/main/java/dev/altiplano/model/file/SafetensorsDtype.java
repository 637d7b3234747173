package dev.altiplano.model.file;

import dev.altiplano.compute.quant.TensorFormat;
import java.util.Optional;

/** The names of number formats in safetensors. */
final class SafetensorsDtype {
    private SafetensorsDtype() {}

    /** The names that we read, for messages. */
    static String names() {
        return "F32, F16, BF16";
    }

    /** The format that {@code dtype} names, if it is one that we read. */
    static Optional<TensorFormat> formatOf(String dtype) {
        return switch (dtype) {
            case "F32" -> Optional.of(TensorFormat.F32);
            case "F16" -> Optional.of(TensorFormat.F16);
            case "BF16" -> Optional.of(TensorFormat.BF16);
            default -> Optional.empty();
        };
    }
}
