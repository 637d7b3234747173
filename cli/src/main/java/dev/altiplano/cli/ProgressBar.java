package dev.altiplano.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * One line on the error stream that shows how far long work has come. Where no person watches it
 * draws nothing but a closing line, so that logs and pipes stay readable.
 */
final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 28;
    private static final long REDRAW_NANOS = 100_000_000;

    private final PrintWriter err;
    private final boolean watched;
    private final String label;
    private final long total;
    private final LongFunction<String> unit;
    private final LongSupplier nanoClock;
    private final long startNanos;
    private final long startAmount;
    private long amount;
    private long drawnNanos;
    private boolean drawn;

    /** {@code startAmount} was there before, such as the part of a download that is resumed. */
    ProgressBar(
            PrintWriter err,
            String label,
            long startAmount,
            long total,
            LongFunction<String> unit) {
        this(err, isWatched(), label, startAmount, total, unit, System::nanoTime);
    }

    ProgressBar(
            PrintWriter err,
            boolean watched,
            String label,
            long startAmount,
            long total,
            LongFunction<String> unit,
            LongSupplier nanoClock) {
        this.err = err;
        this.watched = watched;
        this.label = label;
        this.total = total;
        this.unit = unit;
        this.nanoClock = nanoClock;
        this.startNanos = nanoClock.getAsLong();
        this.startAmount = startAmount;
        this.amount = startAmount;
        this.drawnNanos = startNanos - REDRAW_NANOS;
    }

    /** True if the error stream is a terminal. */
    @SuppressWarnings("SystemConsoleNull") // it is null with -Djdk.console=java.base in a pipe
    static boolean isWatched() {
        Console console = System.console();
        return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }

    void update(long newAmount) {
        amount = newAmount;
        long now = nanoClock.getAsLong();
        if (watched && now - drawnNanos >= REDRAW_NANOS) {
            drawnNanos = now;
            draw(now);
        }
    }

    private void draw(long now) {
        double share = total > 0 ? Math.min(1.0, (double) amount / total) : 0;
        int full = (int) (share * WIDTH);
        double seconds = (now - startNanos) / 1e9;
        double rate = seconds > 0 ? (amount - startAmount) / seconds : 0;
        String left = rate > 0 ? Units.clock((long) ((total - amount) / rate)) : "-:--";
        err.printf(
                Locale.ROOT,
                "\r%s %s%s %3.0f %%  %s of %s  %s/s  %s left \u001b[K",
                label,
                "█".repeat(full),
                "░".repeat(WIDTH - full),
                100 * share,
                unit.apply(amount),
                unit.apply(total),
                unit.apply((long) rate),
                left);
        err.flush();
        drawn = true;
    }

    /** Ends the line: with the final figures if all was done, without if it was broken off. */
    @Override
    public void close() {
        long now = nanoClock.getAsLong();
        if (watched && amount >= total) {
            draw(now);
        }
        if (drawn) {
            err.println();
        } else if (amount >= total) {
            err.printf(
                    Locale.ROOT,
                    "%s: %s in %s%n",
                    label,
                    unit.apply(total),
                    Units.clock((now - startNanos) / 1_000_000_000));
        }
        err.flush();
    }
}
