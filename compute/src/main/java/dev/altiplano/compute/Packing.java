package dev.altiplano.compute;

/**
 * Weights that are being laid out anew: {@code parts} pieces of work that may run in any order, on
 * any thread.
 */
public record Packing(int parts, Part part) {
    /** Nothing to do. */
    public static final Packing NONE = new Packing(0, index -> {});

    /** One piece of work. */
    @FunctionalInterface
    public interface Part {
        void run(int index);
    }
}
