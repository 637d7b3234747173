package dev.altiplano.planner.simulation;

import dev.altiplano.planner.reliability.Spread;

/**
 * Random numbers with the key (seed, kind, component): draw i is {@code mix64(key + i γ)}, the
 * SplitMix64 finaliser with γ = 0x9E3779B97F4A7C15 (Steele, Lea, Flood 2014).
 *
 * <p>The kind enters by its name, so that a new kind does not move the streams of the others, and a
 * draw depends on nothing but its key and its number.
 */
final class RandomStream {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;
    private static final double TWO_TO_MINUS_53 = 0x1.0p-53;

    private final long key;
    private long draws;

    RandomStream(long seed, String kind, int component) {
        key = mix64(mix64(mix64(seed) + hash(kind)) + component * GAMMA);
    }

    /** A seed of its own for sample {@code index}; sample 0 keeps the seed that the user gave. */
    static long sampleSeed(long seed, int index) {
        return index == 0 ? seed : new RandomStream(seed, "sample", index).nextLong();
    }

    long nextLong() {
        return mix64(key + draws++ * GAMMA);
    }

    /** In [0, 1): the top 53 bits. */
    double nextUniform() {
        return (nextLong() >>> 11) * TWO_TO_MINUS_53;
    }

    /** In [0, bound). */
    int nextInt(int bound) {
        return (int) Math.unsignedMultiplyHigh(nextLong(), bound);
    }

    /** True with a chance of {@code share}. Takes a draw in any case. */
    boolean nextChance(double share) {
        return nextUniform() < share;
    }

    /** Exponential with the given mean, in whole microseconds; never, if the mean is infinite. */
    long nextExponentialMicros(double meanMicros) {
        double value = -StrictMath.log(1 - nextUniform()) * meanMicros;
        return value < Times.NEVER ? (long) value : Times.NEVER;
    }

    long nextMicros(Spread spread) {
        return Times.micros(spread.quantileSeconds(nextUniform()));
    }

    private static long mix64(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** FNV-1a over the characters. */
    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}
