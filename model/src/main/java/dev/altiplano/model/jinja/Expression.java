package dev.altiplano.model.jinja;

import java.util.List;
import java.util.Optional;

/** A part of a template that has a value. */
sealed interface Expression {
    Position at();

    /** A literal. */
    record Constant(Position at, Value value) implements Expression {}

    record Variable(Position at, String name) implements Expression {}

    /** A list or tuple display. */
    record Display(Position at, boolean isTuple, List<Expression> items) implements Expression {}

    record DictDisplay(Position at, List<Entry> entries) implements Expression {
        record Entry(Expression key, Expression value) {}
    }

    /** {@code target.name}. */
    record Attribute(Position at, Expression target, String name) implements Expression {}

    /** {@code target[index]}. */
    record Item(Position at, Expression target, Expression index) implements Expression {}

    /** {@code target[start:stop:step]}. */
    record Slice(
            Position at,
            Expression target,
            Optional<Expression> start,
            Optional<Expression> stop,
            Optional<Expression> step)
            implements Expression {}

    record Call(Position at, Expression target, CallArguments arguments) implements Expression {}

    /** {@code input | name(arguments)}. */
    record Filtered(Position at, Expression input, FilterCall filter) implements Expression {}

    /** {@code input is name(arguments)}. */
    record Tested(Position at, Expression input, String name, CallArguments arguments)
            implements Expression {}

    record Not(Position at, Expression operand) implements Expression {}

    record Unary(Position at, boolean isNegative, Expression operand) implements Expression {}

    record Binary(Position at, Operator operator, Expression left, Expression right)
            implements Expression {}

    /** {@code a ~ b ~ c}. */
    record Concatenation(Position at, List<Expression> parts) implements Expression {}

    /** {@code first < a <= b}: every pair must hold. */
    record Chain(Position at, Expression first, List<Link> links) implements Expression {
        record Link(Relation relation, Expression operand) {}
    }

    record And(Position at, Expression left, Expression right) implements Expression {}

    record Or(Position at, Expression left, Expression right) implements Expression {}

    /** {@code value if test else otherwise}. */
    record Conditional(
            Position at, Expression test, Expression value, Optional<Expression> otherwise)
            implements Expression {}

    /** The arithmetic of two operands. */
    enum Operator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        FLOOR_DIVIDE("//"),
        REMAINDER("%"),
        POWER("**");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }

    /** What a comparison asks. */
    enum Relation {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        IN,
        NOT_IN
    }

    /** A filter's or test's name and arguments as written. */
    record FilterCall(Position at, String name, CallArguments arguments) {}

    /** The arguments of a call as written, {@code *spread} and {@code **spread} last. */
    record CallArguments(
            List<Expression> positional,
            List<Named> named,
            Optional<Expression> spread,
            Optional<Expression> namedSpread) {
        static final CallArguments NONE =
                new CallArguments(List.of(), List.of(), Optional.empty(), Optional.empty());

        record Named(String name, Expression value) {}
    }
}
