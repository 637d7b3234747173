package dev.altiplano.planner.problem;

/**
 * The kinds of problem, each with a stable number. The hundreds say what is wrong: 0 the file, 1
 * the layout, 2 the physics, 3 the place and its limits, 4 the size of a number, 5 the emitted
 * files.
 */
public enum ErrorCode {
    /** The file is missing, too large or not text. */
    E001,
    /**
     * The file is not well-formed YAML or JSON, or uses a part of YAML that plan files leave out.
     */
    E002,
    /** A key that the format does not have. */
    E003,
    /** A key that must be there is missing. */
    E004,
    /** A value of the wrong kind, or outside the named choices. */
    E005,
    /** A value whose unit is unknown or measures something else. */
    E006,
    /** The layout does not multiply to the GPUs. */
    E101,
    /** The batch is not a whole number of sequences for every replica. */
    E102,
    /** The layout does not fit the accelerator's memory. */
    E103,
    /** Tensor parallelism is wider than the link domain. */
    E104,
    /** The heads are not divisible by the tensor-parallel degree. */
    E105,
    /** The experts are not divisible by the expert-parallel degree. */
    E106,
    /** A degree or schedule of the layout that the model or the cluster does not admit. */
    E107,
    /** A power without its boundary. */
    E201,
    /** A value that physics forbids, such as a PUE below 1. */
    E202,
    /** A sparse figure in the place of a dense one. */
    E203,
    /** A region that the catalogue does not have. */
    E301,
    /** A window that ends before it begins. */
    E302,
    /** A limit of the site that no layout keeps. */
    E303,
    /** Any other name that the catalogue does not have. */
    E304,
    /** A negative, infinite or overflowing number, or one outside the planner's bounds. */
    E401,
    /** A magnitude that was probably meant otherwise: a run under a minute or over ten years. */
    E402,
    /** A search that its time limit stopped, so that its answer may not be the best, or is none. */
    E403,
    /** An engine that cannot run the model. */
    E501
}
