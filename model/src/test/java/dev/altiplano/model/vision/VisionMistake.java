package dev.altiplano.model.vision;

/** Mistakes that others made with the image encoder; {@link ReferenceVision} can make each. */
enum VisionMistake {
    NONE,
    CLASS_VECTOR_FIRST,
    SECOND_GELU_MISSING,
    ROWS_AND_COLUMNS_SWAPPED,
    CLASS_VECTOR_ROTATED,
    POSITIONS_COUNTED_FROM_ZERO
}
