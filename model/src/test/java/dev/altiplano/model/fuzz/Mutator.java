package dev.altiplano.model.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Damages bytes: some of it blind, some of it where a format keeps its lengths and counts. */
final class Mutator {
    private static final long[] LIES = {
        0,
        1,
        2,
        3,
        7,
        8,
        31,
        33,
        63,
        64,
        65,
        127,
        128,
        255,
        256,
        65_535,
        65_536,
        100_000_001,
        Integer.MAX_VALUE - 1,
        Integer.MAX_VALUE,
        1L << 31,
        (1L << 32) - 1,
        1L << 32,
        1L << 40,
        1L << 60,
        1L << 61,
        1L << 62,
        Long.MAX_VALUE - 31,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -2,
        -1
    };
    private static final int CHANGES_MAX = 3;

    private final SplittableRandom random;

    Mutator(SplittableRandom random) {
        this.random = random;
    }

    /** A damaged copy of the file {@code name}. */
    byte[] damage(String name, byte[] good) {
        byte[] bytes = good.clone();
        int changes = random.nextBoolean() ? 1 : 1 + random.nextInt(CHANGES_MAX);
        for (int i = 0; i < changes; i++) {
            bytes = change(name, bytes, good);
        }
        return bytes;
    }

    private byte[] change(String name, byte[] bytes, byte[] good) {
        if (bytes.length < 2) {
            return good.clone();
        }
        boolean aware = random.nextInt(2) == 0;
        if (aware && name.endsWith(".json")) {
            return new JsonMutator(random).change(bytes);
        }
        if (aware && name.endsWith(".safetensors")) {
            return new JsonMutator(random).changeHeader(bytes);
        }
        if (aware && name.endsWith(".gguf")) {
            return lieInField(bytes);
        }
        return changeBlindly(bytes, good);
    }

    /** The fields are those of a good file; after other damage they may lie elsewhere. */
    private byte[] lieInField(byte[] bytes) {
        GgufFields.Field[] fields = GgufFields.of(bytes);
        if (fields.length == 0) {
            return changeBlindly(bytes, bytes);
        }
        GgufFields.Field field = fields[random.nextInt(fields.length)];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        switch (field.sizeBytes()) {
            case Integer.BYTES -> {
                int old = buffer.getInt(field.offset());
                buffer.putInt(field.offset(), (int) lie(old, bytes.length));
            }
            default -> {
                long old = buffer.getLong(field.offset());
                buffer.putLong(field.offset(), lie(old, bytes.length));
            }
        }
        return bytes;
    }

    private long lie(long old, int length) {
        return switch (random.nextInt(5)) {
            case 0 -> old + 1;
            case 1 -> old - 1;
            case 2 -> random.nextInt(64);
            case 3 -> length - random.nextInt(64);
            default -> LIES[random.nextInt(LIES.length)];
        };
    }

    private byte[] changeBlindly(byte[] bytes, byte[] good) {
        int at = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(Math.min(64, bytes.length - at));
        switch (random.nextInt(9)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> Arrays.fill(bytes, at, at + length, (byte) -random.nextInt(2));
            case 3 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 4 -> {
                return splice(bytes, at, at + length, new byte[0]);
            }
            case 5 -> {
                byte[] repeated = Arrays.copyOfRange(bytes, at, at + length);
                return splice(bytes, at, at, repeated);
            }
            case 6 -> {
                int from = random.nextInt(good.length);
                int to = from + random.nextInt(Math.min(64, good.length - from) + 1);
                return splice(bytes, at, at + length, Arrays.copyOfRange(good, from, to));
            }
            case 7 -> {
                return lieInDigits(bytes, at);
            }
            default -> {
                if (at + Long.BYTES <= bytes.length) {
                    ByteBuffer.wrap(bytes)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(at, lie(at, bytes.length));
                }
            }
        }
        return bytes;
    }

    /** Replaces the first number in text at or after {@code at}. */
    private byte[] lieInDigits(byte[] bytes, int at) {
        int start = at;
        while (start < bytes.length && !isDigit(bytes[start])) {
            start++;
        }
        int end = start;
        while (end < bytes.length && isDigit(bytes[end])) {
            end++;
        }
        byte[] number = Long.toString(lie(at, bytes.length)).getBytes(StandardCharsets.US_ASCII);
        return splice(bytes, start, end, number);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
        byte[] result = new byte[from + middle.length + bytes.length - to];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(middle, 0, result, from, middle.length);
        System.arraycopy(bytes, to, result, from + middle.length, bytes.length - to);
        return result;
    }
}
