package dev.altiplano.model.jinja;

import dev.altiplano.compute.AltiplanoException;

/**
 * A chat template that cannot be read, fails on a conversation or refuses it. The message holds
 * names and types, never the text of a conversation, save what the template itself says.
 */
public final class ChatTemplateException extends AltiplanoException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as a caller can act on it. */
    public enum Reason {
        /** The template is not Jinja as this package knows it. */
        SYNTAX,
        /** An operation failed on this conversation. */
        EVALUATION,
        /** The template called {@code raise_exception}: the conversation is not one it takes. */
        REFUSED,
        /** A limit on steps, output, nesting or size was reached. */
        LIMIT
    }

    private final Reason reason;
    private final String problem;
    private final int line;
    private final int column;

    private ChatTemplateException(Reason reason, String problem, int line, int column) {
        super(
                line == 0
                        ? "chat template: " + problem
                        : "chat template, line %d, column %d: %s".formatted(line, column, problem));
        this.reason = reason;
        this.problem = problem;
        this.line = line;
        this.column = column;
    }

    static ChatTemplateException syntax(Position position, String problem) {
        return new ChatTemplateException(
                Reason.SYNTAX, problem, position.line(), position.column());
    }

    /** A failed operation; whoever knows the place adds it with {@link #at}. */
    static ChatTemplateException evaluation(String problem) {
        return new ChatTemplateException(Reason.EVALUATION, problem, 0, 0);
    }

    /** A conversation that the format does not take; {@code problem} is for the caller. */
    public static ChatTemplateException refused(String problem) {
        return new ChatTemplateException(Reason.REFUSED, problem, 0, 0);
    }

    static ChatTemplateException limit(String problem) {
        return new ChatTemplateException(Reason.LIMIT, problem, 0, 0);
    }

    /** The same with its place, unless it knows a place already. */
    ChatTemplateException at(Position position) {
        return line != 0
                ? this
                : new ChatTemplateException(reason, problem, position.line(), position.column());
    }

    public Reason reason() {
        return reason;
    }

    /** The message without the place; for {@link Reason#REFUSED} the template's own words. */
    public String problem() {
        return problem;
    }

    /** The line in the template from 1, or 0 where the place is unknown. */
    public int line() {
        return line;
    }

    /** The column in chars from 1, or 0 where the place is unknown. */
    public int column() {
        return column;
    }
}
