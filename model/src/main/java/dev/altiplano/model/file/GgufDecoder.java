package dev.altiplano.model.file;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Decodes metadata values at places that {@link GgufReader} has checked. */
final class GgufDecoder {
    private static final ValueLayout.OfShort U16 =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat F32 =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble F64 =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(LITTLE_ENDIAN);

    private final MappedFile file;
    private final MemorySegment bytes;

    GgufDecoder(MappedFile file) {
        this.file = file;
        this.bytes = file.bytes();
    }

    MappedFile file() {
        return file;
    }

    GgufValue value(GgufType type, long at) {
        return switch (type) {
            case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 ->
                    new GgufValue.Whole(type, whole(type, at));
            case FLOAT32, FLOAT64 -> new GgufValue.Real(type, real(type, at));
            case BOOL -> new GgufValue.Bool(bytes.get(ValueLayout.JAVA_BYTE, at) != 0);
            case STRING -> new GgufValue.Text(string(at));
            case ARRAY -> {
                GgufElements elements = elements(at);
                yield new GgufValue.Array(elements.type(), elements);
            }
        };
    }

    long whole(GgufType type, long at) {
        return switch (type) {
            case UINT8 -> bytes.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
            case INT8 -> bytes.get(ValueLayout.JAVA_BYTE, at);
            case UINT16 -> bytes.get(U16, at) & 0xFFFF;
            case INT16 -> bytes.get(U16, at);
            case UINT32 -> bytes.get(GgufCursor.U32, at) & 0xFFFF_FFFFL;
            case INT32 -> bytes.get(GgufCursor.U32, at);
            case UINT64, INT64 -> bytes.get(GgufCursor.U64, at);
            case FLOAT32, FLOAT64, BOOL, STRING, ARRAY ->
                    throw new IllegalArgumentException(type + " is no integer");
        };
    }

    double real(GgufType type, long at) {
        return type == GgufType.FLOAT32 ? bytes.get(F32, at) : bytes.get(F64, at);
    }

    String string(long at) {
        return new GgufCursor(file).string(at, "a string");
    }

    /** The array whose element type stands at {@code at}. */
    GgufElements elements(long at) {
        GgufType type = GgufType.of(bytes.get(GgufCursor.U32, at)).orElseThrow();
        int count = Math.toIntExact(bytes.get(GgufCursor.U64, at + 4));
        return new GgufElements(this, type, count, at + 12);
    }

    /** Where the value after the one at {@code at} begins. */
    long next(GgufType type, long at) {
        return switch (type) {
            case STRING -> at + 8 + bytes.get(GgufCursor.U64, at);
            case ARRAY -> elements(at).end();
            default -> at + type.sizeBytes();
        };
    }
}
