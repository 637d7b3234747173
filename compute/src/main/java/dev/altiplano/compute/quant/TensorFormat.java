package dev.altiplano.compute.quant;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the weights of a tensor are stored: blocks of {@link #blockWeights} weights in {@link
 * #blockBytes} bytes, without padding. The class that is named like the format says what the bytes
 * mean, such as {@code Q4_KBlocks} for {@link #Q4_K}.
 *
 * <p>Source of numbers and sizes: ggml, {@code enum ggml_type} and {@code ggml-common.h}.
 */
public enum TensorFormat {
    F32(0, 1, 4),
    F16(1, 1, 2),
    Q4_0(2, 32, 18),
    Q4_1(3, 32, 20),
    Q5_0(6, 32, 22),
    Q5_1(7, 32, 24),
    Q8_0(8, 32, 34),
    Q8_1(9, 32, 36),
    Q2_K(10, 256, 84),
    Q3_K(11, 256, 110),
    Q4_K(12, 256, 144),
    Q5_K(13, 256, 176),
    Q6_K(14, 256, 210),
    Q8_K(15, 256, 292),
    IQ2_XXS(16, 256, 66),
    IQ2_XS(17, 256, 74),
    IQ3_XXS(18, 256, 98),
    IQ1_S(19, 256, 50),
    IQ4_NL(20, 32, 18),
    IQ3_S(21, 256, 110),
    IQ2_S(22, 256, 82),
    IQ4_XS(23, 256, 136),
    I8(24, 1, 1),
    I16(25, 1, 2),
    I32(26, 1, 4),
    I64(27, 1, 8),
    F64(28, 1, 8),
    IQ1_M(29, 256, 56),
    BF16(30, 1, 2),
    TQ1_0(34, 256, 54),
    TQ2_0(35, 256, 66),
    MXFP4(39, 32, 17),
    NVFP4(40, 64, 36),
    Q1_0(41, 128, 18),
    /** One byte; only in safetensors files. */
    F8_E4M3(1, 1),
    /** One byte; only in safetensors files. */
    F8_E5M2(1, 1),
    /** One byte, 0 to 255; only in safetensors files. */
    U8(1, 1),
    /** One byte, 0 or 1; only in safetensors files. */
    BOOL(1, 1);

    private final OptionalInt ggmlId;
    private final int blockWeights;
    private final int blockBytes;

    TensorFormat(int ggmlId, int blockWeights, int blockBytes) {
        this.ggmlId = OptionalInt.of(ggmlId);
        this.blockWeights = blockWeights;
        this.blockBytes = blockBytes;
    }

    TensorFormat(int blockWeights, int blockBytes) {
        this.ggmlId = OptionalInt.empty();
        this.blockWeights = blockWeights;
        this.blockBytes = blockBytes;
    }

    /**
     * The format with this number in GGUF files; empty for numbers that ggml has retired (4, 5, 31
     * to 33, 36 to 38) or that are newer than this table.
     */
    public static Optional<TensorFormat> ofGgmlId(int ggmlId) {
        return Optional.ofNullable(ByGgmlId.FORMATS.get(ggmlId));
    }

    /** The number of this format in GGUF files; empty if they cannot hold it. */
    public OptionalInt ggmlId() {
        return ggmlId;
    }

    public int blockWeights() {
        return blockWeights;
    }

    public int blockBytes() {
        return blockBytes;
    }

    /** The bytes of {@code weights} weights, which are whole blocks. Throws if that overflows. */
    public long sizeBytes(long weights) {
        return Math.multiplyExact(weights / blockWeights, (long) blockBytes);
    }

    /** Storage for each weight, scales included. */
    public double bitsPerWeight() {
        return 8.0 * blockBytes / blockWeights;
    }

    /** The scalar reference. A switch, so that only the formats in use are loaded at start-up. */
    public BlockDecoder decoder() {
        return switch (this) {
            case F64 -> FloatCodecs::decodeF64;
            case F32 -> FloatCodecs::decodeF32;
            case F16 -> FloatCodecs::decodeF16;
            case BF16 -> FloatCodecs::decodeBf16;
            case F8_E4M3 -> Float8Codecs::decodeE4M3;
            case F8_E5M2 -> Float8Codecs::decodeE5M2;
            case I8 -> IntegerCodecs::decodeI8;
            case I16 -> IntegerCodecs::decodeI16;
            case I32 -> IntegerCodecs::decodeI32;
            case I64 -> IntegerCodecs::decodeI64;
            case U8 -> IntegerCodecs::decodeU8;
            case BOOL -> IntegerCodecs::decodeBool;
            case Q1_0 -> Q1_0Blocks.DECODER;
            case Q4_0 -> Q4_0Blocks.DECODER;
            case Q4_1 -> Q4_1Blocks.DECODER;
            case Q5_0 -> Q5_0Blocks.DECODER;
            case Q5_1 -> Q5_1Blocks.DECODER;
            case Q8_0 -> Q8_0Blocks.DECODER;
            case Q8_1 -> Q8_1Blocks.DECODER;
            case Q2_K -> Q2_KBlocks.DECODER;
            case Q3_K -> Q3_KBlocks.DECODER;
            case Q4_K -> Q4_KBlocks.DECODER;
            case Q5_K -> Q5_KBlocks.DECODER;
            case Q6_K -> Q6_KBlocks.DECODER;
            case Q8_K -> Q8_KBlocks.DECODER;
            case IQ1_S -> IQ1_SBlocks.DECODER;
            case IQ1_M -> IQ1_MBlocks.DECODER;
            case IQ2_XXS -> IQ2_XXSBlocks.DECODER;
            case IQ2_XS -> IQ2_XSBlocks.DECODER;
            case IQ2_S -> IQ2_SBlocks.DECODER;
            case IQ3_XXS -> IQ3_XXSBlocks.DECODER;
            case IQ3_S -> IQ3_SBlocks.DECODER;
            case IQ4_NL -> IQ4_NLBlocks.DECODER;
            case IQ4_XS -> IQ4_XSBlocks.DECODER;
            case TQ1_0 -> TQ1_0Blocks.DECODER;
            case TQ2_0 -> TQ2_0Blocks.DECODER;
            case MXFP4 -> MXFP4Blocks.DECODER;
            case NVFP4 -> NVFP4Blocks.DECODER;
        };
    }

    /** The formats that can also be written. */
    public Optional<BlockEncoder> encoder() {
        return switch (this) {
            case F64 -> Optional.of(FloatCodecs::encodeF64);
            case F32 -> Optional.of(FloatCodecs::encodeF32);
            case F16 -> Optional.of(FloatCodecs::encodeF16);
            case BF16 -> Optional.of(FloatCodecs::encodeBf16);
            case Q4_0 -> Optional.of(Q4_0Blocks.ENCODER);
            case Q4_1 -> Optional.of(Q4_1Blocks.ENCODER);
            case Q5_0 -> Optional.of(Q5_0Blocks.ENCODER);
            case Q5_1 -> Optional.of(Q5_1Blocks.ENCODER);
            case Q8_0 -> Optional.of(Q8_0Blocks.ENCODER);
            case Q4_K -> Optional.of(Q4_KBlocks.ENCODER);
            case Q5_K -> Optional.of(Q5_KBlocks.ENCODER);
            case Q6_K -> Optional.of(Q6_KBlocks.ENCODER);
            case TQ1_0 -> Optional.of(TQ1_0Blocks.ENCODER);
            case TQ2_0 -> Optional.of(TQ2_0Blocks.ENCODER);
            case MXFP4 -> Optional.of(MXFP4Blocks.ENCODER);
            case Q1_0, Q8_1, Q2_K, Q3_K, Q8_K -> Optional.empty();
            case IQ1_S, IQ1_M, IQ2_XXS, IQ2_XS, IQ2_S, IQ3_XXS, IQ3_S, IQ4_NL, IQ4_XS, NVFP4 ->
                    Optional.empty();
            case F8_E4M3, F8_E5M2, I8, I16, I32, I64, U8, BOOL -> Optional.empty();
        };
    }

    /** Made when the first file is opened. */
    private static final class ByGgmlId {
        static final Map<Integer, TensorFormat> FORMATS =
                Arrays.stream(values())
                        .filter(format -> format.ggmlId.isPresent())
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        format -> format.ggmlId.getAsInt(), Function.identity()));
    }
}
