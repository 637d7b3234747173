package dev.altiplano.model.jinja;

import dev.altiplano.model.jinja.Expression.CallArguments;
import dev.altiplano.model.jinja.Expression.FilterCall;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parses what operators stand between: a literal, variable or bracket, and what follows it: {@code
 * .name [index] (arguments) |filter is test}.
 */
final class OperandParser {
    private final TokenCursor tokens;
    private final ExpressionParser expressions;
    private final KnownNames known;

    OperandParser(TokenCursor tokens, ExpressionParser expressions, KnownNames known) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.known = known;
    }

    Expression primary() {
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
                known.read(token.text());
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
                        Expression inner = expressions.tuple(true, true, "");
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
            items.add(expressions.expression());
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
            Expression key = expressions.expression();
            tokens.expectOperator(":");
            entries.add(new Expression.DictDisplay.Entry(key, expressions.expression()));
            if (!tokens.isOperator("}")) {
                tokens.expectOperator(",");
            }
        }
        tokens.expectOperator("}");
        return new Expression.DictDisplay(at, entries);
    }

    Expression postfix(Expression start) {
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
            Expression index = expressions.expression();
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
            items.add(expressions.expression());
        }
        return new Expression.Display(first.at(), true, items);
    }

    private Expression slice(Position at, Expression target, Optional<Expression> start) {
        tokens.expectOperator(":");
        Optional<Expression> stop =
                tokens.isOperator(":") || tokens.isOperator("]")
                        ? Optional.empty()
                        : Optional.of(expressions.expression());
        Optional<Expression> step =
                tokens.skipOperator(":") && !tokens.isOperator("]")
                        ? Optional.of(expressions.expression())
                        : Optional.empty();
        return new Expression.Slice(at, target, start, stop, step);
    }

    Expression filtersAndTests(Expression start) {
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
        known.requireFilter(at, name);
        return new FilterCall(
                at, name, tokens.isOperator("(") ? callArguments() : CallArguments.NONE);
    }

    private Expression test(Expression input) {
        Position at = tokens.take().position();
        boolean isNegated = tokens.skipName("not");
        Position nameAt = tokens.position();
        String name = dottedName("a test's name");
        known.requireTest(nameAt, name);
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
                spread = Optional.of(expressions.expression());
            } else if (namedSpread.isEmpty() && tokens.skipOperator("**")) {
                namedSpread = Optional.of(expressions.expression());
            } else if (namedSpread.isEmpty()
                    && tokens.is(Token.Kind.NAME)
                    && tokens.following().isOperator("=")) {
                String name = tokens.take().text();
                tokens.take();
                named.add(new CallArguments.Named(name, expressions.expression()));
            } else if (isFirstSpread && named.isEmpty()) {
                positional.add(expressions.expression());
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
