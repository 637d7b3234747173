package dev.altiplano.server.api;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Ids that sort by time: 10 characters of milliseconds since 1970, 16 random ones, in Crockford's
 * base 32 (the layout of a ULID). For many threads, if the random generator is.
 */
public final class RequestIds {
    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int TIME_CHARS = 10;
    private static final int RANDOM_CHARS = 16;

    private final InstantSource clock;
    private final RandomGenerator random;

    public RequestIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new id: {@code prefix} and 26 characters. */
    public String next(String prefix) {
        char[] id = new char[TIME_CHARS + RANDOM_CHARS];
        long millis = clock.millis();
        for (int i = TIME_CHARS - 1; i >= 0; i--) {
            id[i] = DIGITS[(int) (millis & 31)];
            millis >>>= 5;
        }
        for (int i = TIME_CHARS; i < id.length; i++) {
            id[i] = DIGITS[random.nextInt(DIGITS.length)];
        }
        return prefix + new String(id);
    }
}
