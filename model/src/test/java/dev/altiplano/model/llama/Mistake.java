package dev.altiplano.model.llama;

/** Mistakes that others made with Llama 4; {@link ReferenceLlama} can make each on purpose. */
enum Mistake {
    NONE,
    QK_NORM_ON_NOPE_LAYERS,
    /** Harmless in exact arithmetic: a rotation keeps the root mean square. */
    QK_NORM_BEFORE_ROTATION,
    /** Noticed only where the epsilon is no longer small beside q and k. */
    QK_NORM_EPSILON_OF_ITS_OWN,
    HALF_SPLIT_ROTATION,
    SCORE_ON_EXPERT_OUTPUT,
    SOFTMAX_ROUTER,
    SLIDING_WINDOW,
    CHUNK_GRID_MOVED_BY_PADDING,
    CHUNK_EVICTED_TOO_EARLY,
    TEMPERATURE_MISSING,
    TEMPERATURE_OF_P_INSTEAD_OF_P_PLUS_1,
    ROPE_SCALING_IGNORED,
    ROPE_SCALING_OF_THE_FIRST_UPLOAD,
    GATE_AND_UP_SWAPPED,
    EXPERTS_NOT_TRANSPOSED,
    SLIDING_WINDOW_OF_ZERO
}
