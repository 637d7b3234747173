package dev.altiplano.model.convert;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.compute.quant.TensorFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a quantised model is called: one format for most tensors, and for some names a mix ({@link
 * TensorMix}) that gives more bits to the tensors that need them. S is for small, M for medium.
 *
 * <p>The number is the value of {@code general.file_type}. Source: llama.cpp, {@code enum
 * llama_ftype}.
 */
public enum FileType {
    F32(0, TensorFormat.F32),
    F16(1, TensorFormat.F16),
    BF16(32, TensorFormat.BF16),
    Q8_0(7, TensorFormat.Q8_0),
    Q6_K(18, TensorFormat.Q6_K),
    Q5_K_M(17, TensorFormat.Q5_K),
    Q5_K_S(16, TensorFormat.Q5_K),
    Q5_1(9, TensorFormat.Q5_1),
    Q5_0(8, TensorFormat.Q5_0),
    Q4_K_M(15, TensorFormat.Q4_K),
    Q4_K_S(14, TensorFormat.Q4_K),
    Q4_1(3, TensorFormat.Q4_1),
    Q4_0(2, TensorFormat.Q4_0),
    /** The experts in MXFP4, all else in Q8_0. */
    MXFP4_MOE(38, TensorFormat.MXFP4),
    /** Only for models that were trained with weights of three values. */
    TQ2_0(37, TensorFormat.TQ2_0),
    /** Only for models that were trained with weights of three values. */
    TQ1_0(36, TensorFormat.TQ1_0);

    private final int id;
    private final TensorFormat format;

    FileType(int id, TensorFormat format) {
        this.id = id;
        this.format = format;
    }

    /**
     * The type of this name, in any case; {@code Q4_K} and {@code Q5_K} mean the medium mix, as in
     * llama.cpp. Throws {@link AltiplanoException} naming the types there are.
     */
    public static FileType of(String name) {
        String wanted = name.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(type -> type.name().equals(wanted) || type.name().equals(wanted + "_M"))
                .findFirst()
                .orElseThrow(
                        () ->
                                new AltiplanoException(
                                        "expected a type to quantise to, found '%s'. Choose one of %s."
                                                .formatted(name, names())));
    }

    private static String names() {
        return Arrays.stream(values()).map(FileType::name).collect(Collectors.joining(", "));
    }

    /** The value of {@code general.file_type}. */
    public int id() {
        return id;
    }

    /** The format of most tensors. */
    public TensorFormat format() {
        return format;
    }
}
