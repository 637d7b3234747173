package dev.altiplano.cli;

import dev.altiplano.cli.hub.Progress;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Draws the progress of a pull as bars on the error stream. */
final class TerminalProgress implements Progress {
    private final PrintWriter err;
    private @Nullable ProgressBar bar;

    TerminalProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void begin(String what, long doneBytes, long totalBytes) {
        end();
        bar = new ProgressBar(err, what, doneBytes, totalBytes, Units::bytes);
    }

    @Override
    public void advance(long doneBytes) {
        if (bar != null) {
            bar.update(doneBytes);
        }
    }

    @Override
    public void end() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    @Override
    public void note(String line) {
        err.println(line);
        err.flush();
    }
}
