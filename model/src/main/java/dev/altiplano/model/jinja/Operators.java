package dev.altiplano.model.jinja;

import dev.altiplano.model.jinja.Expression.Operator;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** What {@code + - * / // % **} do to two values. */
final class Operators {
    private Operators() {}

    static Value apply(Session session, Operator operator, Value left, Value right) {
        if (operator == Operator.REMAINDER && left instanceof Text format) {
            return PercentFormat.format(session, format, right);
        }
        if (left instanceof Value.Undefined undefined) {
            throw undefined.failure();
        }
        if (right instanceof Value.Undefined undefined) {
            throw undefined.failure();
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return compute(operator, left, right);
        }
        return switch (operator) {
            case ADD -> join(session, left, right);
            case MULTIPLY ->
                    Numbers.isWhole(left)
                            ? repeat(session, right, left)
                            : repeat(session, left, right);
            case SUBTRACT, DIVIDE, FLOOR_DIVIDE, REMAINDER, POWER ->
                    throw mismatch(operator, left, right);
        };
    }

    private static Value compute(Operator operator, Value left, Value right) {
        boolean isWhole = Numbers.isWhole(left) && Numbers.isWhole(right);
        return switch (operator) {
            case ADD ->
                    isWhole
                            ? Numbers.checked(Numbers.whole(left).add(Numbers.whole(right)))
                            : new Value.Real(Numbers.real(left) + Numbers.real(right));
            case SUBTRACT ->
                    isWhole
                            ? Numbers.checked(Numbers.whole(left).subtract(Numbers.whole(right)))
                            : new Value.Real(Numbers.real(left) - Numbers.real(right));
            case MULTIPLY ->
                    isWhole
                            ? Numbers.checked(Numbers.whole(left).multiply(Numbers.whole(right)))
                            : new Value.Real(Numbers.real(left) * Numbers.real(right));
            case DIVIDE -> Numbers.divide(left, right);
            case FLOOR_DIVIDE -> Numbers.floorDivide(left, right);
            case REMAINDER -> Numbers.remainder(left, right);
            case POWER -> Numbers.power(left, right);
        };
    }

    private static Value join(Session session, Value left, Value right) {
        if (left instanceof Text a && right instanceof Text b) {
            session.chargeText((long) a.length() + b.length());
            return a.plus(b);
        }
        if (left instanceof Sequence a
                && right instanceof Sequence b
                && a.isTuple() == b.isTuple()) {
            session.chargeItems((long) a.items().size() + b.items().size());
            List<Value> items = new ArrayList<>(a.items());
            items.addAll(b.items());
            return a.withItems(items);
        }
        throw mismatch(Operator.ADD, left, right);
    }

    private static Value repeat(Session session, Value repeated, Value times) {
        if (!Numbers.isWhole(times)) {
            throw mismatch(Operator.MULTIPLY, repeated, times);
        }
        int count = Math.max(0, Numbers.toIndex(times));
        if (repeated instanceof Text text) {
            session.chargeText((long) text.length() * count);
            Text.Builder result = Text.builder();
            for (int i = 0; i < count && !text.isEmpty(); i++) {
                result.append(text);
            }
            return result.build();
        }
        if (repeated instanceof Sequence sequence) {
            session.chargeItems((long) sequence.items().size() * count);
            List<Value> items = new ArrayList<>();
            for (int i = 0; i < count && !sequence.items().isEmpty(); i++) {
                items.addAll(sequence.items());
            }
            return sequence.withItems(items);
        }
        throw mismatch(Operator.MULTIPLY, repeated, times);
    }

    static Value sign(boolean isNegative, Value operand) {
        if (operand instanceof Value.Real number) {
            return isNegative ? new Value.Real(-number.value()) : number;
        }
        BigInteger number = Numbers.whole(operand);
        return new Value.Int(isNegative ? number.negate() : number);
    }

    private static ChatTemplateException mismatch(Operator operator, Value left, Value right) {
        return ChatTemplateException.evaluation(
                "'%s' does not work on '%s' and '%s'"
                        .formatted(
                                operator.sign(),
                                Printing.typeName(left),
                                Printing.typeName(right)));
    }
}
