package dev.altiplano.planner.claims;

/** What a word or phrase of a sentence does. */
enum Meaning {
    EQUALS,
    TIMES,
    DIVIDED,
    PLUS,
    MINUS,
    OPEN,
    CLOSE,
    /** Joins a rate, multiplied or divided, whichever gives the right dimension. */
    AT,
    /** A part of a whole, or a whole before its unit. */
    OF,
    /** Divides by a unit, or by a number. */
    PER,
    FROM,
    /** Before the claimed figure: it is a lower bound. */
    MORE_THAN,
    /** Before the claimed figure: it is an upper bound. */
    LESS_THAN,
    /** Before two figures; else it joins nothing. */
    BETWEEN,
    TO,
    VERSUS,
    GREW,
    FELL,
    COMMA,
    AND,
    ABOUT,
    ADD_UP,
    FIT,
    FAILURE,
    EFFECTIVE,
    /** The English article, or the Spanish preposition. */
    A,
    FILLER,
    ACCELERATOR,
    NODE,
    IT,
    FACILITY,
    RATED,
    TDP_ONLY,
    TRAINING,
    MAXIMUM,
    PUE,
    MFU,
    /** The parameters that one token passes. */
    ACTIVE,
    DENSE,
    SPARSE,
    HALF_PRECISION,
    FP8,
    DOUBLE_PRECISION,
    /** A rate per thousand node-days. */
    NODE_DAYS,
    DEGREE,
    /** What the figure before it is counted for. */
    PER_STEP,
    /** What the bare figure before it counts. */
    STEPS,

    NEGATION
}
