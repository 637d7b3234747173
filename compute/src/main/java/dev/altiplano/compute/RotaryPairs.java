package dev.altiplano.compute;

/**
 * Which two values of a head rotate together. It follows from how a file stores the Q and K rows.
 */
public enum RotaryPairs {
    /** Values {@code 2i} and {@code 2i + 1}: Meta, GGUF, and every file of Llama 4. */
    ADJACENT,
    /** Values {@code i} and {@code i + headDim / 2}: safetensors of Llama 1 to 3. */
    HALF_SPLIT
}
