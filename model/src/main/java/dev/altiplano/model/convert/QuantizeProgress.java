package dev.altiplano.model.convert;

/** Hears how far a {@link Quantizer} has come, on the thread that runs it. */
@FunctionalInterface
public interface QuantizeProgress {
    /** {@code doneBytes} of {@code totalBytes} of the input's tensors are written. */
    void advance(long doneBytes, long totalBytes);

    static QuantizeProgress silent() {
        return (doneBytes, totalBytes) -> {};
    }
}
