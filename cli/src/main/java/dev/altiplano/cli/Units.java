package dev.altiplano.cli;

import java.util.Locale;

/** Sizes, counts and times as people read them. */
final class Units {
    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Units() {}

    /** Bytes with three digits: {@code 93.8 MiB}. */
    static String bytes(long sizeBytes) {
        double value = sizeBytes;
        int unit = 0;
        while (value >= 1024 && unit < BINARY.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0
                ? sizeBytes + " B"
                : String.format(Locale.ROOT, "%.1f %s", value, BINARY[unit]);
    }

    /** A count of parameters: {@code 160}, {@code 134.5 M}, {@code 8.03 B}. */
    static String parameters(long count) {
        if (count < 1000) {
            return Long.toString(count);
        }
        return count >= 1_000_000_000
                ? String.format(Locale.ROOT, "%.2f B", count / 1e9)
                : count >= 1_000_000
                        ? String.format(Locale.ROOT, "%.1f M", count / 1e6)
                        : String.format(Locale.ROOT, "%.1f K", count / 1e3);
    }

    /** A duration in whole seconds: {@code 1:05}, {@code 2:03:04}. */
    static String clock(long seconds) {
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        seconds / 3600,
                        seconds / 60 % 60,
                        seconds % 60);
    }
}
