package dev.altiplano.model.jinja;

import dev.altiplano.model.jinja.Expression.CallArguments;
import dev.altiplano.model.jinja.Expression.FilterCall;
import dev.altiplano.model.jinja.Expression.Relation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of expressions. Owned by one rendering. */
final class Evaluator {
    private final Session session;

    Evaluator(Session session) {
        this.session = session;
    }

    /** The value; a failure inside names the innermost expression that failed. */
    Value value(Expression expression, Scope scope) {
        session.enter();
        try {
            session.charge(1);
            return compute(expression, scope);
        } catch (ChatTemplateException failure) {
            throw failure.at(expression.at());
        } finally {
            session.leave();
        }
    }

    boolean isTrue(Expression expression, Scope scope) {
        return Truth.of(value(expression, scope));
    }

    private Value compute(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Constant constant -> constant.value();
            case Expression.Variable variable -> scope.get(variable.name());
            case Expression.Display display -> {
                List<Value> items = values(display.items(), scope);
                yield display.isTuple() ? Sequence.tuple(items) : Sequence.list(items);
            }
            case Expression.DictDisplay display -> dict(display, scope);
            case Expression.Attribute attribute ->
                    Lookup.attribute(session, value(attribute.target(), scope), attribute.name());
            case Expression.Item item ->
                    Lookup.subscript(
                            session, value(item.target(), scope), value(item.index(), scope));
            case Expression.Slice slice ->
                    Slicing.slice(
                            session,
                            value(slice.target(), scope),
                            optional(slice.start(), scope),
                            optional(slice.stop(), scope),
                            optional(slice.step(), scope));
            case Expression.Call call ->
                    session.call(value(call.target(), scope), arguments(call.arguments(), scope));
            case Expression.Filtered filtered ->
                    filter(value(filtered.input(), scope), filtered.filter(), scope);
            case Expression.Tested tested ->
                    Value.of(
                            Tests.holds(
                                    session,
                                    tested.name(),
                                    value(tested.input(), scope),
                                    arguments(tested.arguments(), scope)));
            case Expression.Not not -> Value.of(!isTrue(not.operand(), scope));
            case Expression.Unary unary ->
                    Operators.sign(unary.isNegative(), value(unary.operand(), scope));
            case Expression.Binary binary ->
                    Operators.apply(
                            session,
                            binary.operator(),
                            value(binary.left(), scope),
                            value(binary.right(), scope));
            case Expression.Concatenation concatenation -> concatenate(concatenation, scope);
            case Expression.Chain chain -> Value.of(holds(chain, scope));
            case Expression.And and -> {
                Value left = value(and.left(), scope);
                yield Truth.of(left) ? value(and.right(), scope) : left;
            }
            case Expression.Or or -> {
                Value left = value(or.left(), scope);
                yield Truth.of(left) ? left : value(or.right(), scope);
            }
            case Expression.Conditional conditional -> choose(conditional, scope);
        };
    }

    private List<Value> values(List<Expression> expressions, Scope scope) {
        List<Value> values = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            values.add(value(expression, scope));
        }
        return values;
    }

    private Optional<Value> optional(Optional<Expression> expression, Scope scope) {
        return expression.map(present -> value(present, scope));
    }

    private Value dict(Expression.DictDisplay display, Scope scope) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (Expression.DictDisplay.Entry entry : display.entries()) {
            Value key = Dict.requireKey(value(entry.key(), scope));
            entries.put(key, value(entry.value(), scope));
        }
        return new Dict(entries);
    }

    private Value concatenate(Expression.Concatenation concatenation, Scope scope) {
        Text.Builder result = Text.builder();
        for (Value part : values(concatenation.parts(), scope)) {
            Text text = Printing.text(session, part);
            session.requireText((long) result.length() + text.length());
            session.chargeText(text.length());
            result.append(text);
        }
        return result.build();
    }

    private Value choose(Expression.Conditional conditional, Scope scope) {
        if (isTrue(conditional.test(), scope)) {
            return value(conditional.value(), scope);
        }
        return conditional
                .otherwise()
                .map(otherwise -> value(otherwise, scope))
                .orElseGet(() -> new Value.Undefined("an 'if' without 'else' has no value here"));
    }

    private boolean holds(Expression.Chain chain, Scope scope) {
        Value left = value(chain.first(), scope);
        for (Expression.Chain.Link link : chain.links()) {
            Value right = value(link.operand(), scope);
            if (!holds(link.relation(), left, right)) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private boolean holds(Relation relation, Value left, Value right) {
        return switch (relation) {
            case EQUAL -> Comparison.areEqual(session, left, right);
            case NOT_EQUAL -> !Comparison.areEqual(session, left, right);
            case LESS -> Comparison.order(session, left, right) < 0;
            case LESS_OR_EQUAL -> Comparison.order(session, left, right) <= 0;
            case GREATER -> Comparison.order(session, left, right) == 1;
            case GREATER_OR_EQUAL -> {
                int order = Comparison.order(session, left, right);
                yield order == 0 || order == 1;
            }
            case IN -> Comparison.contains(session, right, left);
            case NOT_IN -> !Comparison.contains(session, right, left);
        };
    }

    Value filter(Value input, FilterCall filter, Scope scope) {
        try {
            return Filters.apply(
                    session, filter.name(), input, arguments(filter.arguments(), scope));
        } catch (ChatTemplateException failure) {
            throw failure.at(filter.at());
        }
    }

    Arguments arguments(CallArguments written, Scope scope) {
        if (written.equals(CallArguments.NONE)) {
            return Arguments.NONE;
        }
        List<Value> positional = values(written.positional(), scope);
        Map<String, Value> named = new LinkedHashMap<>();
        for (CallArguments.Named argument : written.named()) {
            if (named.put(argument.name(), value(argument.value(), scope)) != null) {
                throw ChatTemplateException.evaluation(
                        "the argument '%s' is given twice".formatted(argument.name()));
            }
        }
        written.spread()
                .ifPresent(
                        spread ->
                                Items.iterator(session, value(spread, scope))
                                        .forEachRemaining(positional::add));
        written.namedSpread().ifPresent(spread -> addNamed(value(spread, scope), named));
        return new Arguments(positional, named);
    }

    private void addNamed(Value spread, Map<String, Value> named) {
        if (!(spread instanceof Dict dict)) {
            throw ChatTemplateException.evaluation(
                    "'**' expects a dictionary, found '%s'".formatted(Printing.typeName(spread)));
        }
        dict.entries()
                .forEach(
                        (key, value) -> {
                            if (!(key instanceof Text name)
                                    || named.put(name.chars(), value) != null) {
                                throw ChatTemplateException.evaluation(
                                        "'**' expects new names as keys");
                            }
                        });
    }
}
