package dev.altiplano.model.jinja;

import dev.altiplano.model.jinja.Expression.CallArguments;
import dev.altiplano.model.jinja.Expression.FilterCall;
import dev.altiplano.model.jinja.Expression.Operator;
import dev.altiplano.model.jinja.Expression.Relation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    private final List<Set<String>> nameCollectors = new ArrayList<>();

    /**
     * Whether an unknown filter or test is an error only when it is reached. So it is in an {@code
     * if}, where a template may ask first whether it exists.
     */
    private boolean allowsUnknown;

    /** Unknown names, kept until it is known whether a condition follows them. */
    private final List<ChatTemplateException> unknown = new ArrayList<>();

    ExpressionParser(TokenCursor tokens) {
        this.tokens = tokens;
    }

    /** Sets {@link #allowsUnknown} and returns what it was. */
    boolean allowUnknown(boolean isAllowed) {
        boolean before = allowsUnknown;
        allowsUnknown = isAllowed;
        return before;
    }

    /** Throws for the first unknown filter or test that no condition guards. */
    void requireKnown() {
        if (!unknown.isEmpty()) {
            throw unknown.getFirst();
        }
    }

    /** From here on every variable that is read is added to the set that is returned. */
    Set<String> collectNames() {
        Set<String> names = new HashSet<>();
        nameCollectors.add(names);
        return names;
    }

    void stopCollecting() {
        nameCollectors.removeLast();
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

    private Expression tuple(boolean hasCondition, boolean isInParentheses, String endName) {
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
        int unknownBefore = unknown.size();
        Expression value = or();
        while (tokens.isName("if")) {
            unknown.subList(unknownBefore, unknown.size()).clear();
            tokens.take();
            boolean before = allowUnknown(true);
            Expression test = or();
            Optional<Expression> otherwise =
                    tokens.skipName("else") ? Optional.of(expression()) : Optional.empty();
            allowUnknown(before);
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
            value = primary();
        }
        value = postfix(value);
        return hasFilters ? filtersAndTests(value) : value;
    }

    private Expression primary() {
        Token token = tokens.current();
        return switch (token.kind()) {
            case NAME -> name(tokens.take());
            case STRING -> string();
            case INTEGER -> new Expression.Constant(token.position(), integer(tokens.take()));
            case FLOAT ->
                    new Expression.Constant(
                            token.position(),
                            new Value.Real(Double.parseDouble(tokens.take().text())));
            case OPERATOR -> bracketed(token);
            case DATA, PRINT_BEGIN, PRINT_END, TAG_BEGIN, TAG_END, END ->
                    throw tokens.unexpected("an expression");
        };
    }

    private Expression name(Token token) {
        Position at = token.position();
        return switch (token.text()) {
            case "true", "True" -> new Expression.Constant(at, Value.TRUE);
            case "false", "False" -> new Expression.Constant(at, Value.FALSE);
            case "none", "None" -> new Expression.Constant(at, Value.NONE);
            default -> {
                nameCollectors.forEach(names -> names.add(token.text()));
                yield new Expression.Variable(at, token.text());
            }
        };
    }

    /** Neighbouring strings are one string. */
    private Expression string() {
        Position at = tokens.position();
        StringBuilder text = new StringBuilder();
        while (tokens.is(Token.Kind.STRING)) {
            text.append(tokens.take().text());
        }
        return new Expression.Constant(at, Text.trusted(text.toString()));
    }

    private Value integer(Token token) {
        String text = token.text();
        int radix =
                switch (text.length() > 1 ? Character.toLowerCase(text.charAt(1)) : ' ') {
                    case 'b' -> 2;
                    case 'o' -> 8;
                    case 'x' -> 16;
                    default -> 10;
                };
        try {
            return Numbers.checked(new BigInteger(radix == 10 ? text : text.substring(2), radix));
        } catch (ChatTemplateException tooLong) {
            throw tooLong.at(token.position());
        }
    }

    private Expression bracketed(Token token) {
        tokens.enter();
        Expression value =
                switch (token.text()) {
                    case "(" -> {
                        tokens.take();
                        Expression inner = tuple(true, true, "");
                        tokens.expectOperator(")");
                        yield inner;
                    }
                    case "[" -> list();
                    case "{" -> dict();
                    default -> throw tokens.unexpected("an expression");
                };
        tokens.leave();
        return value;
    }

    private Expression list() {
        Position at = tokens.take().position();
        List<Expression> items = new ArrayList<>();
        while (!tokens.isOperator("]")) {
            items.add(expression());
            if (!tokens.isOperator("]")) {
                tokens.expectOperator(",");
            }
        }
        tokens.expectOperator("]");
        return new Expression.Display(at, false, items);
    }

    private Expression dict() {
        Position at = tokens.take().position();
        List<Expression.DictDisplay.Entry> entries = new ArrayList<>();
        while (!tokens.isOperator("}")) {
            Expression key = expression();
            tokens.expectOperator(":");
            entries.add(new Expression.DictDisplay.Entry(key, expression()));
            if (!tokens.isOperator("}")) {
                tokens.expectOperator(",");
            }
        }
        tokens.expectOperator("}");
        return new Expression.DictDisplay(at, entries);
    }

    private Expression postfix(Expression start) {
        Expression value = start;
        while (true) {
            if (tokens.isOperator(".")) {
                value = attribute(value);
            } else if (tokens.isOperator("[")) {
                value = subscript(value);
            } else if (tokens.isOperator("(")) {
                Position at = tokens.position();
                value = new Expression.Call(at, value, callArguments());
            } else {
                return value;
            }
        }
    }

    private Expression attribute(Expression target) {
        Position at = tokens.take().position();
        if (tokens.is(Token.Kind.INTEGER)) {
            Token index = tokens.take();
            return new Expression.Item(
                    at, target, new Expression.Constant(index.position(), integer(index)));
        }
        return new Expression.Attribute(at, target, tokens.expectName("a name or a number"));
    }

    private Expression subscript(Expression target) {
        Position at = tokens.take().position();
        tokens.enter();
        Expression result;
        if (tokens.isOperator(":")) {
            result = slice(at, target, Optional.empty());
        } else {
            Expression index = expression();
            result =
                    tokens.isOperator(":")
                            ? slice(at, target, Optional.of(index))
                            : new Expression.Item(at, target, indexTuple(index));
        }
        tokens.expectOperator("]");
        tokens.leave();
        return result;
    }

    private Expression indexTuple(Expression first) {
        if (!tokens.isOperator(",")) {
            return first;
        }
        List<Expression> items = new ArrayList<>(List.of(first));
        while (tokens.skipOperator(",")) {
            items.add(expression());
        }
        return new Expression.Display(first.at(), true, items);
    }

    private Expression slice(Position at, Expression target, Optional<Expression> start) {
        tokens.expectOperator(":");
        Optional<Expression> stop =
                tokens.isOperator(":") || tokens.isOperator("]")
                        ? Optional.empty()
                        : Optional.of(expression());
        Optional<Expression> step =
                tokens.skipOperator(":") && !tokens.isOperator("]")
                        ? Optional.of(expression())
                        : Optional.empty();
        return new Expression.Slice(at, target, start, stop, step);
    }

    private Expression filtersAndTests(Expression start) {
        Expression value = start;
        while (true) {
            if (tokens.skipOperator("|")) {
                FilterCall filter = filter();
                value = new Expression.Filtered(filter.at(), value, filter);
            } else if (tokens.isName("is")) {
                value = test(value);
            } else if (tokens.isOperator("(")) {
                Position at = tokens.position();
                value = new Expression.Call(at, value, callArguments());
            } else {
                return value;
            }
        }
    }

    /** A filter's name and arguments; the bar before it has been read. */
    FilterCall filter() {
        Position at = tokens.position();
        String name = dottedName("a filter's name");
        if (!allowsUnknown && !Filters.isKnown(name)) {
            unknown.add(
                    ChatTemplateException.syntax(
                            at, "expected a known filter, found '%s'.".formatted(name)));
        }
        return new FilterCall(
                at, name, tokens.isOperator("(") ? callArguments() : CallArguments.NONE);
    }

    private Expression test(Expression input) {
        Position at = tokens.take().position();
        boolean isNegated = tokens.skipName("not");
        Position nameAt = tokens.position();
        String name = dottedName("a test's name");
        if (!allowsUnknown && !Tests.isKnown(name)) {
            unknown.add(
                    ChatTemplateException.syntax(
                            nameAt, "expected a known test, found '%s'.".formatted(name)));
        }
        Expression tested = new Expression.Tested(at, input, name, testArguments());
        return isNegated ? new Expression.Not(at, tested) : tested;
    }

    private CallArguments testArguments() {
        if (tokens.isOperator("(")) {
            return callArguments();
        }
        boolean hasOperand =
                switch (tokens.current().kind()) {
                    case STRING, INTEGER, FLOAT -> true;
                    case NAME ->
                            !tokens.isName("else") && !tokens.isName("or") && !tokens.isName("and");
                    case OPERATOR -> tokens.isOperator("[") || tokens.isOperator("{");
                    case DATA, PRINT_BEGIN, PRINT_END, TAG_BEGIN, TAG_END, END -> false;
                };
        if (!hasOperand) {
            return CallArguments.NONE;
        }
        if (tokens.isName("is")) {
            throw tokens.fail("tests cannot be chained with 'is'. Use 'and'.");
        }
        return new CallArguments(
                List.of(postfix(primary())), List.of(), Optional.empty(), Optional.empty());
    }

    private String dottedName(String expected) {
        StringBuilder name = new StringBuilder(tokens.expectName(expected));
        while (tokens.skipOperator(".")) {
            name.append('.').append(tokens.expectName(expected));
        }
        return name.toString();
    }

    private CallArguments callArguments() {
        tokens.enter();
        tokens.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        List<CallArguments.Named> named = new ArrayList<>();
        Optional<Expression> spread = Optional.empty();
        Optional<Expression> namedSpread = Optional.empty();
        while (!tokens.isOperator(")")) {
            boolean isFirstSpread = spread.isEmpty() && namedSpread.isEmpty();
            if (isFirstSpread && tokens.skipOperator("*")) {
                spread = Optional.of(expression());
            } else if (namedSpread.isEmpty() && tokens.skipOperator("**")) {
                namedSpread = Optional.of(expression());
            } else if (namedSpread.isEmpty()
                    && tokens.is(Token.Kind.NAME)
                    && tokens.following().isOperator("=")) {
                String name = tokens.take().text();
                tokens.take();
                named.add(new CallArguments.Named(name, expression()));
            } else if (isFirstSpread && named.isEmpty()) {
                positional.add(expression());
            } else {
                throw tokens.fail(
                        "arguments are out of order. Write values, names, '*', '**', in this order.");
            }
            if (!tokens.isOperator(")")) {
                tokens.expectOperator(",");
            }
        }
        tokens.expectOperator(")");
        tokens.leave();
        return new CallArguments(positional, named, spread, namedSpread);
    }
}
