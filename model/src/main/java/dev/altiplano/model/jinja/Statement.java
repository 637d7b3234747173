package dev.altiplano.model.jinja;

import java.util.List;
import java.util.Optional;

/** A part of a template that writes or changes something. */
sealed interface Statement {
    Position at();

    /** Text between tags. */
    record Data(Position at, Text text) implements Statement {}

    /** {@code {{ value }}}. */
    record Print(Position at, Expression value) implements Statement {}

    record If(Position at, List<Branch> branches, List<Statement> otherwise) implements Statement {
        record Branch(Expression test, List<Statement> body) {}
    }

    record For(
            Position at,
            Target target,
            Expression items,
            Optional<Expression> test,
            List<Statement> body,
            List<Statement> otherwise)
            implements Statement {}

    record Break(Position at) implements Statement {}

    record Continue(Position at) implements Statement {}

    /** {@code {% set target = value %}}. */
    record Assign(Position at, Target target, Expression value) implements Statement {}

    /** {@code {% set target | filters %}body{% endset %}}. */
    record AssignBlock(
            Position at, Target target, List<Expression.FilterCall> filters, List<Statement> body)
            implements Statement {}

    record DefineMacro(Position at, String name, MacroBody macro) implements Statement {}

    /** {@code {% call(parameters) target(arguments) %}body{% endcall %}}. */
    record CallBlock(Position at, Expression.Call call, MacroBody caller) implements Statement {}

    record FilterBlock(Position at, List<Expression.FilterCall> filters, List<Statement> body)
            implements Statement {}

    /** {@code {% with a = b %}}, and {@code {% generation %}}, which is a scope and no more. */
    record With(Position at, List<Assign> variables, List<Statement> body) implements Statement {}

    /** What stands on the left of an assignment. */
    sealed interface Target {
        record Variable(String name) implements Target {}

        /** {@code namespace.attribute}. */
        record Attribute(Position at, String namespace, String name) implements Target {}

        record Unpacking(Position at, List<Target> targets) implements Target {}
    }

    /**
     * Parameters and body of a macro or call block.
     *
     * @param usesCaller whether {@code caller} is named in the body, and so for the other two
     */
    record MacroBody(
            List<Parameter> parameters,
            List<Statement> body,
            boolean usesCaller,
            boolean usesVarargs,
            boolean usesKwargs) {
        record Parameter(String name, Optional<Expression> fallback) {}
    }
}
