package dev.altiplano.planner.input;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Place;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where the files that a plan names lie: those of the plan file beside it, those of the command
 * line where the program runs, as a shell completes them.
 */
final class FilePaths {
    private FilePaths() {}

    /** {@code name} as written at {@code place} of a plan that was read from {@code planFile}. */
    static Path resolve(Path planFile, Place place, String name) {
        try {
            return Overrides.holds(place)
                    ? Path.of(name)
                    : planFile.toAbsolutePath().resolveSibling(name);
        } catch (InvalidPathException e) {
            throw new PlannerException(
                    Problem.of(ErrorCode.E001, "no file can be called so: " + e.getReason())
                            .at(place)
                            .hinting("give the path of a file"));
        }
    }
}
