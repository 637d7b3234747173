package dev.altiplano.planner.claims;

import java.util.Optional;

/** Knows one form of claim. */
interface Rule {
    /** What to compare; empty if the statement has another form. */
    Optional<Question> ask(Statement statement);
}
