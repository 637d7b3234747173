package dev.altiplano.model.jinja;

import dev.altiplano.model.jinja.Expression.FilterCall;
import dev.altiplano.model.jinja.Expression.Operator;
import dev.altiplano.model.jinja.Expression.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parses expressions, loosest binding first: {@code if else}, {@code or}, {@code and}, {@code not},
 * comparisons, {@code + -}, {@code ~}, {@code * / // %}, {@code **}, signs, then what follows a
 * value: {@code .name [index] (arguments) |filter is test}.
 */
final class ExpressionParser {
    private static final Map<String, Relation> RELATIONS =
            Map.of(
                    "==", Relation.EQUAL,
                    "!=", Relation.NOT_EQUAL,
                    "<", Relation.LESS,
                    "<=", Relation.LESS_OR_EQUAL,
                    ">", Relation.GREATER,
                    ">=", Relation.GREATER_OR_EQUAL);
    private static final Map<String, Operator> PRODUCTS =
            Map.of(
                    "*", Operator.MULTIPLY,
                    "/", Operator.DIVIDE,
                    "//", Operator.FLOOR_DIVIDE,
                    "%", Operator.REMAINDER);

    private final TokenCursor tokens;
    private final KnownNames known = new KnownNames();
    private final OperandParser operands;

    ExpressionParser(TokenCursor tokens) {
        this.tokens = tokens;
        this.operands = new OperandParser(tokens, this, known);
    }

    KnownNames known() {
        return known;
    }

    /** A filter's name and arguments; the bar before it has been read. */
    FilterCall filter() {
        return operands.filter();
    }

    /**
     * What may stand in {@code {{ }}}: an expression, or several with commas, which make a tuple.
     */
    Expression tupleOrExpression() {
        return tuple(true, false, "");
    }

    /** As {@link #tupleOrExpression}, but {@code if} is left for the statement around it. */
    Expression tupleWithoutCondition(String endName) {
        return tuple(false, false, endName);
    }

    Expression tuple(boolean hasCondition, boolean isInParentheses, String endName) {
        Position at = tokens.position();
        List<Expression> items = new ArrayList<>();
        boolean isTuple = false;
        while (!isTupleEnd(endName)) {
            items.add(hasCondition ? expression() : or());
            if (!tokens.skipOperator(",")) {
                break;
            }
            isTuple = true;
        }
        if (!isTuple && items.size() == 1) {
            return items.getFirst();
        }
        if (!isTuple && !isInParentheses) {
            throw tokens.unexpected("an expression");
        }
        return new Expression.Display(at, true, items);
    }

    private boolean isTupleEnd(String endName) {
        return tokens.is(Token.Kind.PRINT_END)
                || tokens.is(Token.Kind.TAG_END)
                || tokens.isOperator(")")
                || (!endName.isEmpty() && tokens.isName(endName));
    }

    Expression expression() {
        tokens.enter();
        Position at = tokens.position();
        int unknownBefore = known.unknownCount();
        Expression value = or();
        while (tokens.isName("if")) {
            known.forgetUnknown(unknownBefore);
            tokens.take();
            boolean before = known.allowUnknown(true);
            Expression test = or();
            Optional<Expression> otherwise =
                    tokens.skipName("else") ? Optional.of(expression()) : Optional.empty();
            known.allowUnknown(before);
            value = new Expression.Conditional(at, test, value, otherwise);
        }
        tokens.leave();
        return value;
    }

    private Expression or() {
        Position at = tokens.position();
        Expression left = and();
        while (tokens.skipName("or")) {
            left = new Expression.Or(at, left, and());
        }
        return left;
    }

    private Expression and() {
        Position at = tokens.position();
        Expression left = not();
        while (tokens.skipName("and")) {
            left = new Expression.And(at, left, not());
        }
        return left;
    }

    private Expression not() {
        Position at = tokens.position();
        if (!tokens.skipName("not")) {
            return comparison();
        }
        tokens.enter();
        Expression operand = not();
        tokens.leave();
        return new Expression.Not(at, operand);
    }

    private Expression comparison() {
        Position at = tokens.position();
        Expression first = sum();
        List<Expression.Chain.Link> links = new ArrayList<>();
        for (Optional<Relation> relation = relation();
                relation.isPresent();
                relation = relation()) {
            links.add(new Expression.Chain.Link(relation.get(), sum()));
        }
        return links.isEmpty() ? first : new Expression.Chain(at, first, links);
    }

    private Optional<Relation> relation() {
        if (tokens.is(Token.Kind.OPERATOR)) {
            Relation found = RELATIONS.get(tokens.current().text());
            if (found != null) {
                tokens.take();
            }
            return Optional.ofNullable(found);
        }
        if (tokens.skipName("in")) {
            return Optional.of(Relation.IN);
        }
        if (tokens.isName("not") && tokens.following().isName("in")) {
            tokens.take();
            tokens.take();
            return Optional.of(Relation.NOT_IN);
        }
        return Optional.empty();
    }

    private Expression sum() {
        Position at = tokens.position();
        Expression left = concatenation();
        while (tokens.isOperator("+") || tokens.isOperator("-")) {
            Operator operator = tokens.take().text().equals("+") ? Operator.ADD : Operator.SUBTRACT;
            left = new Expression.Binary(at, operator, left, concatenation());
        }
        return left;
    }

    private Expression concatenation() {
        Position at = tokens.position();
        List<Expression> parts = new ArrayList<>();
        do {
            parts.add(product());
        } while (tokens.skipOperator("~"));
        return parts.size() == 1 ? parts.getFirst() : new Expression.Concatenation(at, parts);
    }

    private Expression product() {
        Position at = tokens.position();
        Expression left = power();
        while (tokens.is(Token.Kind.OPERATOR) && PRODUCTS.containsKey(tokens.current().text())) {
            Operator operator = PRODUCTS.getOrDefault(tokens.take().text(), Operator.MULTIPLY);
            left = new Expression.Binary(at, operator, left, power());
        }
        return left;
    }

    /** Groups to the left, as Jinja does and Python does not. */
    private Expression power() {
        Position at = tokens.position();
        Expression left = unary(true);
        while (tokens.skipOperator("**")) {
            left = new Expression.Binary(at, Operator.POWER, left, unary(true));
        }
        return left;
    }

    private Expression unary(boolean hasFilters) {
        Position at = tokens.position();
        Expression value;
        if (tokens.isOperator("-") || tokens.isOperator("+")) {
            boolean isNegative = tokens.take().text().equals("-");
            tokens.enter();
            value = new Expression.Unary(at, isNegative, unary(false));
            tokens.leave();
        } else {
            value = operands.primary();
        }
        value = operands.postfix(value);
        return hasFilters ? operands.filtersAndTests(value) : value;
    }
}
