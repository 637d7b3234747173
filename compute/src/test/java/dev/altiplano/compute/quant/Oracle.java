package dev.altiplano.compute.quant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The recorded bytes and values of {@code oracle/quant.safetensors}: just enough of a reader for
 * that one file.
 */
final class Oracle {
    private static final Pattern TENSOR =
            Pattern.compile(
                    "\"([^\"]+)\":\\{\"dtype\":\"[^\"]+\",\"shape\":\\[[^]]*],"
                            + "\"data_offsets\":\\[(\\d+),(\\d+)]}");

    private final TreeMap<String, byte[]> tensors = new TreeMap<>();

    static Oracle read() {
        try (InputStream stream = Oracle.class.getResourceAsStream("/oracle/quant.safetensors")) {
            return new Oracle(Objects.requireNonNull(stream).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Oracle(byte[] file) {
        long headerBytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        int dataStart = Math.toIntExact(Long.BYTES + headerBytes);
        String header =
                new String(file, Long.BYTES, dataStart - Long.BYTES, StandardCharsets.UTF_8);
        for (MatchResult tensor : TENSOR.matcher(header).results().toList()) {
            tensors.put(
                    tensor.group(1),
                    Arrays.copyOfRange(
                            file,
                            dataStart + Integer.parseInt(tensor.group(2)),
                            dataStart + Integer.parseInt(tensor.group(3))));
        }
    }

    Set<String> names() {
        return tensors.keySet();
    }

    byte[] bytes(String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }

    float[] floats(String name) {
        byte[] bytes = bytes(name);
        float[] floats = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }
}
