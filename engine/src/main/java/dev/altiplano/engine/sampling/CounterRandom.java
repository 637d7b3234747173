package dev.altiplano.engine.sampling;

/**
 * Random numbers without a state: each is a hash of (seed, position). So a text that is continued
 * at some position draws what the uninterrupted run would have drawn, whatever ran in between.
 *
 * <p>Source of the mixing steps: Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators" (OOPSLA 2014), with Stafford's variant 13.
 */
final class CounterRandom {
    private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

    private CounterRandom() {}

    /** A number from 0 (inclusive) to 1 (exclusive), a multiple of 2^-53. */
    static double uniform(long seed, long position) {
        // The inner mix parts neighbouring seeds, the outer one neighbouring positions.
        long bits = mix(mix(seed + GOLDEN_RATIO) + position * GOLDEN_RATIO);
        return (bits >>> 11) * 0x1p-53;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
