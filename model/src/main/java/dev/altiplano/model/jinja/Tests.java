package dev.altiplano.model.jinja;

import dev.altiplano.model.jinja.Expression.Operator;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** What can stand behind {@code is}. */
final class Tests {
    private interface Test {
        boolean holds(Session session, Value value, Arguments arguments);
    }

    private static final Map<String, Test> TESTS = new HashMap<>();

    static {
        put("defined", value -> !(value instanceof Value.Undefined));
        put("undefined", value -> value instanceof Value.Undefined);
        put("none", value -> value instanceof Value.None);
        put("boolean", value -> value instanceof Value.Bool);
        put("true", value -> value instanceof Value.Bool bool && bool.value());
        put("false", value -> value instanceof Value.Bool bool && !bool.value());
        put("integer", value -> value instanceof Value.Int);
        put("float", value -> value instanceof Value.Real);
        put("number", Numbers::isNumber);
        put("string", value -> value instanceof Text);
        put("mapping", value -> value instanceof Dict);
        put("iterable", Items::isIterable);
        put("sequence", Tests::isSequence);
        put("callable", Tests::isCallable);
        put("escaped", _ -> false);
        put("filter", value -> value instanceof Text name && Filters.isKnown(name.chars()));
        put("test", value -> value instanceof Text name && isKnown(name.chars()));
        TESTS.put("lower", (session, value, _) -> TextOperations.isLower(chars(session, value)));
        TESTS.put("upper", (session, value, _) -> TextOperations.isUpper(chars(session, value)));
        TESTS.put("odd", (session, value, _) -> remainder(session, value, Value.of(2), 1));
        TESTS.put("even", (session, value, _) -> remainder(session, value, Value.of(2), 0));
        TESTS.put(
                "divisibleby",
                (session, value, given) -> remainder(session, value, operand(given), 0));
        TESTS.put("sameas", (_, value, given) -> isSame(value, operand(given)));
        TESTS.put(
                "in",
                (session, value, given) -> Comparison.contains(session, operand(given), value));
        for (String name : List.of("==", "eq", "equalto")) {
            TESTS.put(
                    name,
                    (session, value, given) -> Comparison.areEqual(session, value, operand(given)));
        }
        for (String name : List.of("!=", "ne")) {
            TESTS.put(
                    name,
                    (session, value, given) ->
                            !Comparison.areEqual(session, value, operand(given)));
        }
        putOrder(List.of("<", "lt", "lessthan"), order -> order == -1);
        putOrder(List.of("<=", "le"), order -> order == -1 || order == 0);
        putOrder(List.of(">", "gt", "greaterthan"), order -> order == 1);
        putOrder(List.of(">=", "ge"), order -> order == 1 || order == 0);
    }

    private Tests() {}

    private static void put(String name, Predicate<Value> test) {
        TESTS.put(name, (_, value, _) -> test.test(value));
    }

    private static void putOrder(List<String> names, IntPredicate test) {
        for (String name : names) {
            TESTS.put(
                    name,
                    (session, value, given) ->
                            test.test(Comparison.order(session, value, operand(given))));
        }
    }

    static boolean isKnown(String name) {
        return TESTS.containsKey(name);
    }

    static boolean holds(Session session, String name, Value value, Arguments arguments) {
        Test test = TESTS.get(name);
        if (test == null) {
            throw ChatTemplateException.evaluation("there is no test of this name");
        }
        session.charge(1);
        return test.holds(session, value, arguments);
    }

    private static Value operand(Arguments given) {
        return given.bind("a test", "other").require("other");
    }

    private static String chars(Session session, Value value) {
        return Printing.text(session, value).chars();
    }

    private static boolean remainder(Session session, Value value, Value divisor, int expected) {
        Value remainder = Operators.apply(session, Operator.REMAINDER, value, divisor);
        return Comparison.areEqual(session, remainder, Value.of(expected));
    }

    /** An undefined value has a length and a subscript, so Python takes it for a sequence. */
    private static boolean isSequence(Value value) {
        return value instanceof Text
                || value instanceof Sequence
                || value instanceof Dict
                || value instanceof Value.Range
                || value instanceof Value.Undefined;
    }

    private static boolean isCallable(Value value) {
        return value instanceof Value.Function
                || value instanceof Loop
                || value instanceof Value.Undefined;
    }

    /** Python keeps one object for each small number, None, True and False. */
    @SuppressWarnings("ReferenceEquality") // identity is the question
    private static boolean isSame(Value left, Value right) {
        if (left == right || (left instanceof Value.None && right instanceof Value.None)) {
            return true;
        }
        if (left instanceof Value.Bool a && right instanceof Value.Bool b) {
            return a.value() == b.value();
        }
        return left instanceof Value.Int a
                && right instanceof Value.Int b
                && a.value().equals(b.value())
                && a.value().abs().compareTo(BigInteger.valueOf(256)) <= 0;
    }
}
