package dev.altiplano.planner.emit;

import dev.altiplano.planner.problem.Problem;
import java.util.List;

/** Writes the file of one engine. */
interface Emitter {
    /** Why the engine cannot run the plan; empty if it can. */
    List<Problem> limits(EmitInput input);

    /** The file below its header; only called without limits. Ends with a line end. */
    String body(EmitInput input);
}
