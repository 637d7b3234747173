package dev.altiplano.model.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts a file together byte by byte, as no honest writer would. */
final class FileBytes {
    static final int MAGIC = 0x46554747;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** The beginning of a GGUF file of version 3. */
    static FileBytes gguf(long tensors, long keys) {
        return new FileBytes().u32(MAGIC).u32(3).u64(tensors).u64(keys);
    }

    /** A safetensors file with this header and {@code dataBytes} zeros. */
    static FileBytes safetensors(String header, int dataBytes) {
        byte[] utf8 = header.getBytes(StandardCharsets.UTF_8);
        return new FileBytes().u64(utf8.length).raw(utf8).zeros(dataBytes);
    }

    FileBytes u8(int value) {
        bytes.write(value);
        return this;
    }

    FileBytes u32(long value) {
        return raw(littleEndian(Integer.BYTES).putInt((int) value).array());
    }

    FileBytes u64(long value) {
        return raw(littleEndian(Long.BYTES).putLong(value).array());
    }

    FileBytes string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return u64(utf8.length).raw(utf8);
    }

    /** A metadata entry of type STRING. */
    FileBytes entry(String key, String value) {
        return string(key).u32(GgufType.STRING.id()).string(value);
    }

    /** A metadata entry of type UINT32. */
    FileBytes entry(String key, long value) {
        return string(key).u32(GgufType.UINT32.id()).u32(value);
    }

    /** A tensor's info; {@code dimensions} innermost first, as in the file. */
    FileBytes tensor(String name, int format, long offset, long... dimensions) {
        string(name).u32(dimensions.length);
        for (long dimension : dimensions) {
            u64(dimension);
        }
        return u32(format).u64(offset);
    }

    FileBytes raw(byte... values) {
        bytes.writeBytes(values);
        return this;
    }

    FileBytes zeros(int count) {
        return raw(new byte[count]);
    }

    /** Zeros up to a multiple of {@code alignment}. */
    FileBytes pad(int alignment) {
        return zeros(Math.floorMod(-bytes.size(), alignment));
    }

    int size() {
        return bytes.size();
    }

    byte[] toArray() {
        return bytes.toByteArray();
    }

    Path write(Path file) {
        try {
            return Files.write(file, toArray());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
