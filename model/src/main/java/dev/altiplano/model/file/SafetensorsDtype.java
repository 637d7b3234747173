package dev.altiplano.model.file;

import dev.altiplano.compute.quant.TensorFormat;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The number formats that safetensors files hold; they have the same names as ours. */
final class SafetensorsDtype {
    private static final Set<TensorFormat> FORMATS =
            EnumSet.of(
                    TensorFormat.F64,
                    TensorFormat.F32,
                    TensorFormat.F16,
                    TensorFormat.BF16,
                    TensorFormat.F8_E4M3,
                    TensorFormat.F8_E5M2,
                    TensorFormat.I64,
                    TensorFormat.I32,
                    TensorFormat.I16,
                    TensorFormat.I8,
                    TensorFormat.U8,
                    TensorFormat.BOOL);

    private SafetensorsDtype() {}

    /** The format that {@code dtype} names, if it is one that we read. */
    static Optional<TensorFormat> formatOf(String dtype) {
        return FORMATS.stream().filter(format -> format.name().equals(dtype)).findFirst();
    }

    /** The name of {@code format}; throws {@link IllegalArgumentException} if it has none. */
    static String nameOf(TensorFormat format) {
        if (!FORMATS.contains(format)) {
            throw new IllegalArgumentException("safetensors files cannot hold " + format);
        }
        return format.name();
    }

    /** The names that we read, for messages. */
    static String names() {
        return FORMATS.stream().map(TensorFormat::name).collect(Collectors.joining(", "));
    }
}
