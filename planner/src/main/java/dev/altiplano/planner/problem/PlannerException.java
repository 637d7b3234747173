package dev.altiplano.planner.problem;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The planner refuses, with every reason at once. Its message has one line per problem and is shown
 * to people as it is, without a stack trace.
 */
public final class PlannerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** {@code problems} has at least one element. */
    public PlannerException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a refusal needs a reason");
        }
        this.problems = List.copyOf(problems);
    }

    public PlannerException(Problem problem) {
        this(List.of(problem));
    }

    public PlannerException(ErrorCode code, String message) {
        this(Problem.of(code, message));
    }

    public List<Problem> problems() {
        return problems;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
