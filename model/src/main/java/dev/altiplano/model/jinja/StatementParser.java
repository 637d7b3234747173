package dev.altiplano.model.jinja;

import dev.altiplano.model.jinja.Expression.FilterCall;
import dev.altiplano.model.jinja.Statement.MacroBody;
import dev.altiplano.model.jinja.Statement.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses a template's text and tags into statements. */
final class StatementParser {
    private final TokenCursor tokens;
    private final ExpressionParser expressions;
    private int loopDepth;

    private StatementParser(TokenCursor tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
    }

    /** Throws {@link ChatTemplateException} with the place where the template cannot be read. */
    static List<Statement> parse(List<Token> tokens, int nestingMax) {
        StatementParser parser = new StatementParser(new TokenCursor(tokens, nestingMax));
        List<Statement> statements = parser.statements(Set.of());
        assert parser.tokens.is(Token.Kind.END) : parser.tokens.current();
        return statements;
    }

    /** Statements up to a tag with one of {@code ends}, whose name is then the current token. */
    private List<Statement> statements(Set<String> ends) {
        List<Statement> statements = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            switch (token.kind()) {
                case DATA ->
                        statements.add(
                                new Statement.Data(
                                        token.position(), Text.trusted(tokens.take().text())));
                case PRINT_BEGIN -> {
                    tokens.take();
                    statements.add(
                            new Statement.Print(token.position(), expressions.tupleOrExpression()));
                    tokens.expect(Token.Kind.PRINT_END, "'}}'");
                    expressions.known().check();
                }
                case TAG_BEGIN -> {
                    tokens.take();
                    if (tokens.is(Token.Kind.NAME) && ends.contains(tokens.current().text())) {
                        return statements;
                    }
                    statements.addAll(tag());
                    tokens.expect(Token.Kind.TAG_END, "'%}'");
                    expressions.known().check();
                }
                case END -> {
                    if (ends.isEmpty()) {
                        return statements;
                    }
                    throw tokens.unexpected("{%% %s %%}".formatted(String.join("|", ends)));
                }
                case NAME, STRING, INTEGER, FLOAT, OPERATOR, PRINT_END, TAG_END ->
                        throw tokens.unexpected("text or a tag");
            }
        }
    }

    /** The statements inside a tag: from the tag's end to the tag that closes it. */
    private List<Statement> body(String... ends) {
        tokens.skipOperator(":");
        tokens.expect(Token.Kind.TAG_END, "'%}'");
        tokens.enter();
        List<Statement> body = statements(Set.of(ends));
        tokens.leave();
        return body;
    }

    /** A body in which an unknown filter is an error at once, as in every body but an if's. */
    private List<Statement> strictBody(String... ends) {
        boolean before = expressions.known().allowUnknown(false);
        List<Statement> body = body(ends);
        expressions.known().allowUnknown(before);
        return body;
    }

    private List<Statement> closedBody(String end) {
        List<Statement> body = strictBody(end);
        tokens.take();
        return body;
    }

    private List<Statement> tag() {
        Position at = tokens.position();
        String name = tokens.expectName("a tag's name");
        return switch (name) {
            case "if" -> List.of(condition(at));
            case "for" -> List.of(loop(at));
            case "set" -> List.of(assignment(at));
            case "macro" -> List.of(macro(at));
            case "call" -> List.of(callBlock(at));
            case "filter" ->
                    List.of(
                            new Statement.FilterBlock(
                                    at, filters(expressions.filter()), closedBody("endfilter")));
            case "with" -> List.of(with(at));
            case "generation" ->
                    List.of(new Statement.With(at, List.of(), closedBody("endgeneration")));
            case "print" -> print();
            case "break", "continue" -> List.of(jump(at, name));
            default -> throw unknown(at, name);
        };
    }

    private ChatTemplateException unknown(Position at, String name) {
        return ChatTemplateException.syntax(
                at,
                "expected if, for, set, macro, call, filter, with, generation, break or continue,"
                        + " found '%s'. Close what is open, or rewrite this tag.".formatted(name));
    }

    private Statement condition(Position at) {
        boolean before = expressions.known().allowUnknown(true);
        List<Statement.If.Branch> branches = new ArrayList<>();
        List<Statement> otherwise = List.of();
        do {
            Expression test = expressions.tupleWithoutCondition("");
            branches.add(new Statement.If.Branch(test, body("elif", "else", "endif")));
        } while (tokens.skipName("elif"));
        if (tokens.skipName("else")) {
            otherwise = body("endif");
        }
        tokens.expectKeyword("endif");
        expressions.known().allowUnknown(before);
        return new Statement.If(at, branches, otherwise);
    }

    private Statement loop(Position at) {
        Target target = target("in");
        tokens.expectKeyword("in");
        Expression items = expressions.tupleWithoutCondition("recursive");
        Optional<Expression> test =
                tokens.skipName("if") ? Optional.of(expressions.expression()) : Optional.empty();
        if (tokens.isName("recursive")) {
            throw tokens.fail("recursive loops are not supported. Use a macro that calls itself.");
        }
        loopDepth++;
        List<Statement> body = strictBody("endfor", "else");
        loopDepth--;
        List<Statement> otherwise = tokens.skipName("else") ? strictBody("endfor") : List.of();
        tokens.expectKeyword("endfor");
        return new Statement.For(at, target, items, test, body, otherwise);
    }

    private Statement jump(Position at, String name) {
        if (loopDepth == 0) {
            throw ChatTemplateException.syntax(at, "'%s' stands outside a loop.".formatted(name));
        }
        return name.equals("break") ? new Statement.Break(at) : new Statement.Continue(at);
    }

    private Statement assignment(Position at) {
        Target target = target("");
        if (tokens.skipOperator("=")) {
            return new Statement.Assign(at, target, expressions.tupleOrExpression());
        }
        List<FilterCall> filters =
                tokens.skipOperator("|") ? filters(expressions.filter()) : List.of();
        return new Statement.AssignBlock(at, target, filters, closedBody("endset"));
    }

    private List<FilterCall> filters(FilterCall first) {
        List<FilterCall> filters = new ArrayList<>(List.of(first));
        while (tokens.skipOperator("|")) {
            filters.add(expressions.filter());
        }
        return filters;
    }

    /** Names with commas; a loop's end before {@code endName}. */
    private Target target(String endName) {
        Position at = tokens.position();
        List<Target> targets = new ArrayList<>();
        boolean isTuple = false;
        while (!isTargetEnd(endName)) {
            targets.add(singleTarget());
            if (!tokens.skipOperator(",")) {
                break;
            }
            isTuple = true;
        }
        if (targets.isEmpty()) {
            throw tokens.unexpected("a variable's name");
        }
        return isTuple ? new Target.Unpacking(at, targets) : targets.getFirst();
    }

    private boolean isTargetEnd(String endName) {
        return tokens.is(Token.Kind.TAG_END)
                || tokens.isOperator(")")
                || tokens.isOperator("=")
                || (!endName.isEmpty() && tokens.isName(endName));
    }

    private Target singleTarget() {
        if (tokens.skipOperator("(")) {
            tokens.enter();
            Target inner = target("");
            tokens.leave();
            tokens.expectOperator(")");
            return inner;
        }
        Position at = tokens.position();
        String name = variableName();
        return tokens.skipOperator(".")
                ? new Target.Attribute(at, name, tokens.expectName("an attribute's name"))
                : new Target.Variable(name);
    }

    private String variableName() {
        Token token = tokens.expect(Token.Kind.NAME, "a variable's name");
        switch (token.text()) {
            case "true", "false", "none", "True", "False", "None" ->
                    throw ChatTemplateException.syntax(
                            token.position(), "'%s' cannot be set.".formatted(token.text()));
            case "loop" -> {
                if (loopDepth > 0) {
                    throw ChatTemplateException.syntax(
                            token.position(), "'loop' cannot be set inside a loop.");
                }
            }
            default -> {}
        }
        return token.text();
    }

    private Statement macro(Position at) {
        String name = variableName();
        if (!tokens.isOperator("(")) {
            throw tokens.unexpected("'('");
        }
        return new Statement.DefineMacro(at, name, macroBody("endmacro", Optional.empty()));
    }

    private Statement callBlock(Position at) {
        List<MacroBody.Parameter> parameters = tokens.isOperator("(") ? parameters() : List.of();
        Expression expression = expressions.expression();
        if (!(expression instanceof Expression.Call call)) {
            throw ChatTemplateException.syntax(expression.at(), "expected the call of a macro.");
        }
        return new Statement.CallBlock(at, call, macroBody("endcall", Optional.of(parameters)));
    }

    private MacroBody macroBody(String end, Optional<List<MacroBody.Parameter>> known) {
        int outerLoops = loopDepth;
        loopDepth = 0;
        List<MacroBody.Parameter> parameters = known.orElseGet(this::parameters);
        Set<String> names = expressions.known().collect();
        List<Statement> body = closedBody(end);
        expressions.known().stopCollecting();
        loopDepth = outerLoops;
        return new MacroBody(
                parameters,
                body,
                names.contains("caller"),
                names.contains("varargs"),
                names.contains("kwargs"));
    }

    private List<MacroBody.Parameter> parameters() {
        tokens.expectOperator("(");
        List<MacroBody.Parameter> parameters = new ArrayList<>();
        boolean hasFallback = false;
        while (!tokens.isOperator(")")) {
            String name = variableName();
            Optional<Expression> fallback =
                    tokens.skipOperator("=")
                            ? Optional.of(expressions.expression())
                            : Optional.empty();
            if (hasFallback && fallback.isEmpty()) {
                throw tokens.fail("a parameter without a default follows one that has it.");
            }
            hasFallback = fallback.isPresent();
            parameters.add(new MacroBody.Parameter(name, fallback));
            if (!tokens.isOperator(")")) {
                tokens.expectOperator(",");
            }
        }
        tokens.expectOperator(")");
        return parameters;
    }

    private Statement with(Position at) {
        List<Statement.Assign> variables = new ArrayList<>();
        while (!tokens.is(Token.Kind.TAG_END)) {
            Position variableAt = tokens.position();
            Target target = singleTarget();
            tokens.expectOperator("=");
            variables.add(new Statement.Assign(variableAt, target, expressions.expression()));
            if (!tokens.is(Token.Kind.TAG_END)) {
                tokens.expectOperator(",");
            }
        }
        return new Statement.With(at, variables, closedBody("endwith"));
    }

    private List<Statement> print() {
        List<Statement> printed = new ArrayList<>();
        while (!tokens.is(Token.Kind.TAG_END)) {
            printed.add(new Statement.Print(tokens.position(), expressions.expression()));
            if (!tokens.is(Token.Kind.TAG_END)) {
                tokens.expectOperator(",");
            }
        }
        return printed;
    }
}
