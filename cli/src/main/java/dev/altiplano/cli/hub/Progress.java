package dev.altiplano.cli.hub;

/** Hears how far long work has come. Called by one thread at a time. */
public interface Progress {
    /** Work of {@code totalBytes} begins, {@code doneBytes} of which were there before. */
    void begin(String what, long doneBytes, long totalBytes);

    void advance(long doneBytes);

    void end();

    /** A line worth telling, such as a second source being tried. */
    void note(String line);
}
