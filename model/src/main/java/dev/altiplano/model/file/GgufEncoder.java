package dev.altiplano.model.file;

/** Writes metadata values, without their types. */
final class GgufEncoder {
    private final AtomicFile file;

    GgufEncoder(AtomicFile file) {
        this.file = file;
    }

    void write(GgufValue value) {
        switch (value) {
            case GgufValue.Whole whole -> writeWhole(whole);
            case GgufValue.Real real when real.type() == GgufType.FLOAT32 ->
                    file.writeInt(Float.floatToRawIntBits((float) real.value()));
            case GgufValue.Real real -> file.writeLong(Double.doubleToRawLongBits(real.value()));
            case GgufValue.Bool bool -> file.writeByte(bool.value() ? 1 : 0);
            case GgufValue.Text text -> file.writeString(text.value());
            case GgufValue.Array array -> writeArray(array);
        }
    }

    private void writeWhole(GgufValue.Whole whole) {
        switch (whole.type().sizeBytes()) {
            case Byte.BYTES -> file.writeByte((int) whole.value());
            case Short.BYTES -> file.writeShort((int) whole.value());
            case Integer.BYTES -> file.writeInt((int) whole.value());
            default -> file.writeLong(whole.value());
        }
    }

    private void writeArray(GgufValue.Array array) {
        file.writeInt(array.elementType().id());
        file.writeLong(array.items().size());
        for (GgufValue item : array.items()) {
            if (item.type() != array.elementType()) {
                throw new IllegalArgumentException(
                        "expected elements of type %s, found %s"
                                .formatted(array.elementType(), item.type()));
            }
            write(item);
        }
    }
}
