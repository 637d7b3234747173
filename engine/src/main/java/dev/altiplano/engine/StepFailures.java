package dev.altiplano.engine;

import dev.altiplano.compute.AltiplanoException;

/** Says what it means for a reader that a step threw something. */
final class StepFailures {
    private StepFailures() {}

    static GenerationFailedException explain(Throwable thrown) {
        return new GenerationFailedException(message(thrown), thrown);
    }

    /** For a throwable that ended the step thread itself. */
    static GenerationFailedException endOfSteps(Throwable thrown) {
        return new GenerationFailedException(
                "step thread: ended by a defect (%s). Close the engine and open the model again, and please report this."
                        .formatted(thrown),
                thrown);
    }

    private static String message(Throwable thrown) {
        return switch (thrown) {
            case AltiplanoException known -> known.getMessage();
            // What the JVM makes of a bus error in mapped memory: the pages are gone.
            case InternalError fault ->
                    "model file: expected it to stay as it was opened, found a part missing ("
                            + fault.getMessage()
                            + "). Put the file back and open the model again.";
            case OutOfMemoryError full ->
                    "memory: expected room for a step, found none ("
                            + full.getMessage()
                            + "). Use fewer sequences or a smaller context.";
            default -> "step: failed unexpectedly (" + thrown + "). Please report this.";
        };
    }
}
